package io.meterline.access;

import static io.meterline.access.Refusals.refused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;

final class PasswordsTest {

    private static final String EMAIL = "ada.lovelace@example.com";

    /** Of the reference implementation's own tests (github.com/P-H-C/phc-winner-argon2, src/test.c). */
    @Test
    void hashesAreThoseOfTheReferenceImplementation() {
        PasswordHash known = PasswordHash.parse(
                "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc");

        assertThat(known.matches("password")).isTrue();
        assertThat(known.matches("Password")).isFalse();
    }

    @Test
    void aHashIsSaltedAndSaysWhatItWasMadeWith() {
        try (Passwords passwords = new Passwords()) {
            String one = passwords.hash("correct horse battery");
            String two = passwords.hash("correct horse battery");

            assertThat(one).matches("\\$argon2id\\$v=19\\$m=19456,t=2,p=1\\$[A-Za-z0-9+/]{22}\\$[A-Za-z0-9+/]{43}");
            assertThat(one).isNotEqualTo(two);
            assertThat(passwords.matches("correct horse battery", one)).isTrue();
            assertThat(passwords.matches("correct horse batterY", one)).isFalse();
            assertThat(passwords.matchesNobody("correct horse battery")).isFalse();
            assertThat(passwords.isOutdated(one)).isFalse();
        }
    }

    @Test
    void aLetterIsTheSameHoweverAKeyboardComposesIt() {
        try (Passwords passwords = cheap(2, 8)) {
            assertThat(passwords.matches("cafe\u0301 au lait", passwords.hash("caf\u00e9 au lait")))
                    .isTrue();
        }
    }

    @Test
    void aHashOfAnotherCostIsOutdatedAndStillGood() {
        try (Passwords before = cheap(2, 8);
                Passwords now = new Passwords(new PasswordHash.Cost(128, 1, 1), 2, 8)) {
            String stored = before.hash("correct horse battery");
            assertThat(now.isOutdated(stored)).isTrue();
            assertThat(now.matches("correct horse battery", stored)).isTrue();
        }
    }

    @Test
    void tooManyAtOnceAreSentAwayAndTheOthersFinish() {
        List<CompletableFuture<String>> all = new ArrayList<>();
        int refused = 0;
        try (Passwords passwords = new Passwords(PasswordHash.Cost.RECOMMENDED, 1, 1)) {
            for (int i = 0; i < 8; i++) {
                all.add(CompletableFuture.supplyAsync(
                        () -> passwords.hash("correct horse battery"), Thread::startVirtualThread));
            }
            for (CompletableFuture<String> one : all) {
                try {
                    assertThat(one.join()).startsWith("$argon2id$");
                } catch (CompletionException e) {
                    refused(Kind.OVERLOADED, "overloaded", () -> {
                        throw e.getCause();
                    });
                    refused++;
                }
            }
        }
        assertThat(refused).isLessThan(all.size());
    }

    @Test
    void whatIsStoredIsNeverRepeatedByAnError() {
        assertThatThrownBy(() -> PasswordHash.parse("$2a$10$secret"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("secret");
        assertThat(PasswordHash.ofNobody(PasswordHash.Cost.RECOMMENDED))
                .hasToString("PasswordHash[cost=Cost[memoryKiB=19456, passes=2, lanes=1]]");
    }

    @Test
    void lengthIsCountedInCharactersAsPeopleSeeThem() {
        refused(Kind.INVALID, "password_too_short", () -> PasswordRules.check("x-9 chars", EMAIL));
        refused(Kind.INVALID, "password_too_short", () -> PasswordRules.check("🐎🔋🔌🪿🐈", EMAIL));
        refused(Kind.INVALID, "password_too_long", () -> PasswordRules.check("horse ".repeat(34), EMAIL));
        PasswordRules.check("x-10 chars", EMAIL);
        PasswordRules.check("horse ".repeat(33), EMAIL);
    }

    @Test
    void whatEverybodyTriesFirstIsRefused() {
        for (String password : List.of(
                "aaaaaaaaaa",
                "ababababab",
                "1234567890",
                "0987654321",
                "1234512345",
                "abcdefghijkl",
                "qwertyuiop",
                "Qwertzuiop",
                "1q2w3e4r5t",
                "1qaz2wsx3edc",
                "password123",
                "P4ssw0rd2024!",
                "mypassword1",
                "Welcome2024!",
                "administrator",
                "changeme!!",
                "meterline1",
                "iloveyou123",
                EMAIL,
                "ada.lovelace1",
                "example.com99")) {
            refused(Kind.INVALID, "password_too_simple", () -> PasswordRules.check(password, EMAIL));
        }
    }

    @Test
    void whatNobodyTriesFirstIsTaken() {
        for (String password : List.of(
                "correct horse battery staple",
                "password manager says no",
                "r7#Kd9vQ2m",
                "三つの言葉はよい合言葉",
                "my cat's name is qwerty",
                "ada and charles 1843")) {
            PasswordRules.check(password, EMAIL);
        }
    }

    private static Passwords cheap(int atOnce, int mostWaiting) {
        return new Passwords(new PasswordHash.Cost(64, 1, 1), atOnce, mostWaiting);
    }
}
