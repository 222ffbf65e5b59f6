package io.meterline.console.loader;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.console.Refused;
import io.meterline.http.Fields;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ConnectionFormTest {

    @Test
    void aUrlIsSentAloneAndFieldsAreSentWithoutIt() {
        Map<String, String> typed =
                Map.of("name", "replica", "url", "postgres://a:b@db/shop", "host", "db", "port", "5433", "user", "a");

        assertThat(form(typed, "way", "url").json())
                .isEqualTo(Map.of("name", "replica", "provider", "postgres", "url", "postgres://a:b@db/shop"));
        assertThat(form(typed, "way", "fields").json())
                .isEqualTo(Map.of("name", "replica", "provider", "postgres", "host", "db", "port", 5433, "user", "a"));
    }

    @Test
    void aPortThatIsNoNumberGoesToTheApiAsItIs() {
        assertThat(form(Map.of("port", "5432x"), "way", "fields").json()).containsEntry("port", "5432x");
    }

    @Test
    void aTunnelIsSentOnlyWhenItIsSwitchedOn() {
        Map<String, String> typed = Map.of("ssh_host", "jump", "ssh_user", "me");

        assertThat(form(typed, "way", "url").json()).doesNotContainKey("ssh");
        assertThat(form(typed, "tunnel", "true").json()).containsEntry("ssh", Map.of("host", "jump", "user", "me"));
    }

    @Test
    void whatIsWrongStandsAtTheFieldThatItIsAbout() {
        Refused refused = Refused.because("The database refused the password of user a.");

        assertThat(form(Map.of(), "way", "fields")
                        .placed(refused, "authentication_failed")
                        .at("password"))
                .isEqualTo(refused.detail());
        assertThat(form(Map.of(), "way", "url")
                        .placed(refused, "authentication_failed")
                        .at("url"))
                .isEqualTo(refused.detail());
        assertThat(form(Map.of(), "way", "url").placed(refused, "something_else"))
                .isEqualTo(refused);
    }

    private static ConnectionForm form(Map<String, String> typed, String name, String value) {
        Map<String, String> all = new java.util.HashMap<>(typed);
        all.put(name, value);
        return ConnectionForm.of(Fields.of(all));
    }
}
