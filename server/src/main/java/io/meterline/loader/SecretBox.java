package io.meterline.loader;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Encrypts what is stored of a secret, with AES-256-GCM and a key in a file that only its owner may read.
 *
 * <p>Each ciphertext is bound to the id of what it belongs to, so that it cannot be moved to another row.
 */
public final class SecretBox {

    private static final Logger LOG = LoggerFactory.getLogger(SecretBox.class);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private static final Configuration CONFIGURATION = AeadConfig2026.get();

    private final Aead aead;

    private SecretBox(Aead aead) {
        this.aead = aead;
    }

    /** A secret that this key does not open: the key file is another one than when it was stored. */
    public static final class UnreadableSecretException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnreadableSecretException(Throwable cause) {
            super("a stored secret cannot be read with this key file", cause);
        }
    }

    /** Opens the key file, making a new key when there is none. Throws {@code UncheckedIOException}. */
    public static SecretBox open(Path keyFile) {
        try {
            if (Files.notExists(keyFile)) {
                create(keyFile);
            }
            warnWhenOthersMayRead(keyFile);
            KeysetHandle keys = TinkJsonProtoKeysetFormat.parseKeyset(
                    Files.readString(keyFile), CONFIGURATION, InsecureSecretKeyAccess.get());
            return new SecretBox(keys.getPrimitive(CONFIGURATION, Aead.class));
        } catch (IOException e) {
            throw new UncheckedIOException("the key file " + keyFile + " cannot be read or made", e);
        } catch (GeneralSecurityException e) {
            throw new UncheckedIOException("the key file " + keyFile + " holds no key", new IOException(e));
        }
    }

    /** Base64 of the ciphertext. */
    String encrypt(String secret, String belongsTo) {
        try {
            byte[] encrypted = aead.encrypt(utf8(secret), utf8(belongsTo));
            return Base64.getEncoder().encodeToString(encrypted);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("encryption failed", e);
        }
    }

    String decrypt(String encrypted, String belongsTo) {
        try {
            byte[] secret = aead.decrypt(Base64.getDecoder().decode(encrypted), utf8(belongsTo));
            return new String(secret, StandardCharsets.UTF_8);
        } catch (GeneralSecurityException e) {
            throw new UnreadableSecretException(e);
        }
    }

    // Complete and on disk before it has its name: a key lost in a crash would lose every secret stored since.
    private static void create(Path keyFile) throws IOException, GeneralSecurityException {
        Path folder = keyFile.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, CONFIGURATION);
        String json = TinkJsonProtoKeysetFormat.serializeKeyset(keys, CONFIGURATION, InsecureSecretKeyAccess.get());
        Path unfinished = keyFile.resolveSibling(keyFile.getFileName() + "." + UUID.randomUUID());
        if (isPosix(keyFile)) {
            Files.createFile(unfinished, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        }
        Files.writeString(unfinished, json);
        try (FileChannel channel = FileChannel.open(unfinished, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
        Files.move(unfinished, keyFile, StandardCopyOption.ATOMIC_MOVE);
    }

    private static void warnWhenOthersMayRead(Path keyFile) throws IOException {
        if (isPosix(keyFile) && !OWNER_ONLY.containsAll(Files.getPosixFilePermissions(keyFile))) {
            LOG.warn("the key file {} may be read by others: chmod 600", keyFile);
        }
    }

    private static boolean isPosix(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
