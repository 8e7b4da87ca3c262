package dev.plinth.core.layer;

import static dev.plinth.core.layer.RawTar.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.oci.Digest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EntryIndexTest {
    @TempDir Path folder;

    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve(EntryIndex.FILE_NAME);
    }

    private static LayerSummary summary(long entries) {
        return new LayerSummary(
                Digest.sha256(bytes("tar")), 12345, entries, Optional.of(new Timestamp(-5, 7)));
    }

    private void write(List<Entry> entries, LayerSummary summary) throws IOException {
        try (FileChannel out =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.TRUNCATE_EXISTING,
                        StandardOpenOption.WRITE)) {
            EntryIndex.Writer writer = new EntryIndex.Writer(out);
            for (Entry entry : entries) {
                writer.accept(entry);
            }
            writer.finish(summary);
        }
    }

    private LayerSummary read(List<Entry> into) throws IOException {
        try (FileChannel in = FileChannel.open(file)) {
            return EntryIndex.read(in, into::add);
        }
    }

    private static List<Entry> corners() {
        Entry sparse =
                Entries.file("holes")
                        .with(
                                new Data.Sparse(
                                        1L << 50,
                                        List.of(
                                                new Data.Segment(0, 1024, 1),
                                                new Data.Segment(1L << 40, 1025, 4096))));
        return List.of(
                Entries.folder("", 0),
                Entries.folder("usr"),
                Entries.file("usr/empty"),
                Entries.file("usr/big", 512, 1L << 41),
                Entries.file("usr/bigger", (1L << 41) + 1024, 5),
                Entries.file("usr/back", 0, 1),
                sparse,
                sparse.at(TreePath.of("again")),
                Entries.symlink("usr/s", "\u00e9\u0001/../x"),
                Entries.hardlink("usr/h", "usr/big"),
                Entries.device("dev/null", 4095, 0xfffff),
                Entries.of(EntryType.FIFO, "pipe", 07777, "", Entry.Device.NONE),
                Entries.of(EntryType.BLOCK_DEVICE, "disk", 0, "", new Entry.Device(8, 0)),
                Entries.owned(Entries.file("owned"), Entry.MAX_ID, 1),
                Entries.owned(Entries.file("owned2"), Entry.MAX_ID, 1),
                Entries.dated(Entries.file("old"), Long.MIN_VALUE, 999_999_999),
                Entries.dated(Entries.file("new"), Long.MAX_VALUE, 0),
                Entries.attributed(
                        Entries.file("attributed"),
                        Map.of("user.a", bytes(""), "security.capability", new byte[65_536])),
                Entries.file("n".repeat(255)),
                Entries.file("d/".repeat(2000) + "x"));
    }

    @Test
    void readsBackWhatWasWritten() throws IOException {
        write(corners(), summary(corners().size()));
        List<Entry> entries = new ArrayList<>();

        assertThat(read(entries)).isEqualTo(summary(corners().size()));
        assertThat(entries).isEqualTo(corners());
    }

    @Test
    void readsTheSummaryAlone() throws IOException {
        write(corners(), summary(corners().size()));

        try (FileChannel in = FileChannel.open(file)) {
            assertThat(EntryIndex.summary(in)).isEqualTo(summary(corners().size()));
        }
    }

    @Test
    void keepsALayerWithoutEntries() throws IOException {
        LayerSummary none = new LayerSummary(Digest.sha256(new byte[0]), 0, 0, Optional.empty());
        write(List.of(), none);

        assertThat(read(new ArrayList<>())).isEqualTo(none);
    }

    @Test
    void keepsManyEntriesInLittleSpace() throws IOException {
        List<Entry> many = new ArrayList<>();
        for (int i = 0; i < 50_000; i++) {
            many.add(Entries.file("usr/share/doc/package" + i / 10 + "/file" + i, 512L * i, 300));
        }
        write(many, summary(many.size()));
        List<Entry> entries = new ArrayList<>();
        read(entries);

        assertThat(entries).isEqualTo(many);
        assertThat(Files.size(file)).isLessThan(50_000 * 20);
    }

    @Test
    void givesTheSameBytesForTheSameEntries() throws IOException {
        write(corners(), summary(corners().size()));
        byte[] first = Files.readAllBytes(file);
        write(corners(), summary(corners().size()));

        assertThat(Files.readAllBytes(file)).isEqualTo(first);
    }

    @Test
    void noticesEveryDamagedByte() throws IOException {
        List<Entry> few = corners().subList(0, 5);
        write(few, summary(few.size()));
        byte[] whole = Files.readAllBytes(file);
        for (int i = 0; i < whole.length; i++) {
            byte[] damaged = whole.clone();
            damaged[i] ^= (byte) (1 << i % 8);
            Files.write(file, damaged);
            assertThatThrownBy(() -> read(new ArrayList<>()))
                    .as("byte %d", i)
                    .isInstanceOf(DamagedIndex.class);
        }
    }

    @Test
    void noticesEveryMissingByte() throws IOException {
        List<Entry> few = corners().subList(0, 5);
        write(few, summary(few.size()));
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length++) {
            Files.write(file, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> read(new ArrayList<>()))
                    .as("first %d bytes", length)
                    .isInstanceOf(DamagedIndex.class);
        }
    }

    @Test
    void noticesAMissingEntry() throws IOException {
        write(corners(), summary(corners().size() + 1));

        assertThatThrownBy(() -> read(new ArrayList<>()))
                .isInstanceOf(DamagedIndex.class)
                .hasMessageContaining("20 entries and should have 21");
    }
}
