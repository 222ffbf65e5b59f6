package io.meterline.ingest.personal;

import static org.assertj.core.api.Assertions.assertThat;

import io.meterline.event.PropertyValue;
import java.math.BigDecimal;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Numbers of cards, accounts and phones are those that issuers, the IBAN registry and libphonenumber show as examples. */
final class PersonalDataTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "contact     | lucas@yourcompany.com                  | EMAIL",
                "note        | please write to <l.c@mail.example.com> | EMAIL",
                "work_email  | lucas at yourcompany                   | EMAIL",
                "note        | call +41 44 668 1800 after six         | PHONE",
                "phone       | 06 12 34 56 78                         | PHONE",
                "mobilePhone | 5551234                                | PHONE",
                "reference   | 4111 1111 1111 1111                    | CARD",
                "reference   | 5555-5555-5555-4444                    | CARD",
                "reference   | GB82 WEST 1234 5698 7654 32            | IBAN",
                "reference   | de89370400440532013000                 | IBAN",
                "firstName   | John                                   | NAME",
                "last_name   | Doe                                    | NAME",
                "home-address| 1 Main Street                          | ADDRESS",
                "ip          | 192.0.2.1                              | ADDRESS",
                "dob         | 1980-01-01                             | BIRTH_DATE",
                "birthDate   | 1980-01-01                             | BIRTH_DATE",
                "gps         | 48.85, 2.35                            | POSITION",
            })
    void textThatLooksPersonal(String property, String text, PersonalKind kind) {
        assertThat(PersonalData.in(property, new PropertyValue.Text(text))).contains(kind);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "work_email | l***.c***@yourcompany.com",
                "work_email | l***.c***",
                "first_name | J***",
                "note       | l***@yourcompany.com",
                "name       | Starter",
                "platform   | latency",
                "plan       | gold",
                "handle     | @acme",
                "sku        | 1234 5678 9012 3456",
                "reference  | GB82 WEST 1234 5698 7654 33",
                "at         | 2026-01-01T00:00:00+02:00",
                "order      | 0612345678",
                "uuid       | 6f1c2f6e-8b5e-4b0e-9d0c-111111111111",
            })
    void textThatDoesNot(String property, String text) {
        assertThat(PersonalData.in(property, new PropertyValue.Text(text))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id        | 4111111111111111 | CARD",
                "phone     | 33612345678      | PHONE",
                "latitude  | 48.85            | POSITION",
                "emails    | 120              |",
                "email     | 120              |",
                "phone     | 3                |",
                "zip       | 2                |",
                "at        | 1767225600000000 |",
            })
    void numbersAreMostlyCounts(String property, BigDecimal number, PersonalKind kind) {
        assertThat(PersonalData.in(property, new PropertyValue.Number(number)))
                .isEqualTo(java.util.Optional.ofNullable(kind));
    }

    @Test
    void anArrayIsWhatItsElementsAreAndABooleanIsNothing() {
        assertThat(PersonalData.in(
                        "to",
                        new PropertyValue.Array(
                                List.of(new PropertyValue.Text("J***"), new PropertyValue.Text("a@example.com")))))
                .contains(PersonalKind.EMAIL);
        assertThat(PersonalData.in("email", PropertyValue.Bool.TRUE)).isEmpty();
        assertThat(PersonalData.in("email", PropertyValue.Null.NULL)).isEmpty();
    }
}
