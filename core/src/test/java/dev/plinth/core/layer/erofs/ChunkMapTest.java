package dev.plinth.core.layer.erofs;

import static dev.plinth.core.layer.erofs.Trees.file;
import static dev.plinth.core.layer.erofs.Trees.read;
import static dev.plinth.core.layer.erofs.Trees.tar;
import static dev.plinth.core.layer.erofs.Trees.tree;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plinth.core.layer.Data;
import dev.plinth.core.layer.MalformedLayer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ChunkMapTest {
    private static final int TAR = 1 << 18;

    @ParameterizedTest
    @ValueSource(ints = {1, 511, 512, 513, 4095, 4096, 4097, 65_536, 100_001})
    void ordinaryFileIsOneChunkInTheTar(int size) {
        byte[] tar = tar(TAR);
        ImageReader image = read(tar, file("f", new Data.Extent(1024, size)));

        ImageReader.Inode inode = image.find("f");
        assertThat(image.addresses(inode)).containsExactly(new long[] {1, 2});
        assertThat(image.content(inode)).isEqualTo(expected(tar, new Data.Extent(1024, size)));
    }

    @Test
    void emptyFileHasNoChunks() {
        ImageReader.Inode inode = read(file("f", new Data.Extent(512, 0))).find("f");

        assertThat(inode.layout()).isEqualTo(ImageReader.PLAIN);
        assertThat(inode.size()).isZero();
    }

    @Test
    void fileThatIsAllHoleIsOneHole() {
        long size = 5L << 30;
        ImageReader image = read(file("f", new Data.Sparse(size, List.of())));

        ImageReader.Inode inode = image.find("f");
        assertThat(inode.size()).isEqualTo(size);
        assertThat(image.addresses(inode)).singleElement().matches(image::isHole);
    }

    @Test
    void cutsWhereDataAndHolesMeet() {
        byte[] tar = tar(TAR);
        Data data =
                new Data.Sparse(
                        40_960,
                        List.of(
                                new Data.Segment(8192, 1024, 4096),
                                new Data.Segment(16_384, 5120, 8192)));
        ImageReader image = read(tar, file("f", data));

        ImageReader.Inode inode = image.find("f");
        assertThat(image.chunkSize(inode)).isEqualTo(4096);
        assertThat(image.addresses(inode))
                .extracting(a -> image.isHole(a) ? "hole" : a[0] + ":" + a[1])
                .containsExactly(
                        "hole", "hole", "1:2", "hole", "1:10", "1:18", "hole", "hole", "hole",
                        "hole");
        assertThat(image.content(inode)).isEqualTo(expected(tar, data));
    }

    @Test
    void lastPieceMayEndAnywhere() {
        byte[] tar = tar(TAR);
        Data data = new Data.Sparse(8192 + 33, List.of(new Data.Segment(8192, 512, 33)));
        ImageReader image = read(tar, file("f", data));

        ImageReader.Inode inode = image.find("f");
        assertThat(image.addresses(inode)).noneMatch(a -> a[0] == 0 && !image.isHole(a));
        assertThat(image.content(inode)).isEqualTo(expected(tar, data));
    }

    @Test
    void neighboursInFileAndTarAreOneRun() {
        Data data =
                new Data.Sparse(
                        1024,
                        List.of(new Data.Segment(0, 512, 100), new Data.Segment(100, 612, 924)));
        ImageReader image = read(tar(TAR), file("f", data));

        assertThat(image.addresses(image.find("f"))).containsExactly(new long[] {1, 1});
    }

    @Test
    void copiesWhatDoesNotLieOnBlocks() {
        byte[] tar = tar(TAR);
        for (Data data :
                List.of(
                        new Data.Extent(1000, 3000),
                        new Data.Sparse(10_000, List.of(new Data.Segment(512, 513, 700))),
                        new Data.Sparse(10_000, List.of(new Data.Segment(511, 1024, 2))))) {
            ImageReader image = read(tar, file("f", data), file("g", data));

            assertThat(image.content(image.find("f"))).isEqualTo(expected(tar, data));
            assertThat(image.content(image.find("g"))).isEqualTo(expected(tar, data));
        }
    }

    @Test
    void showsTheRightBytesForRandomMaps() {
        byte[] tar = tar(TAR);
        Random random = new Random(7);
        for (int round = 0; round < 400; round++) {
            int unit = List.of(1, 512, 4096, 300).get(round % 4);
            Data data = randomSparse(random, unit);
            ImageReader image = read(tar, file("a/f", data), file("b", new Data.Extent(512, 5)));

            assertThat(image.content(image.find("a/f")))
                    .as("%s", data)
                    .isEqualTo(expected(tar, data));
            assertThat(image.content(image.find("b"))).hasSize(5);
        }
    }

    private static Data randomSparse(Random random, int unit) {
        List<Data.Segment> segments = new ArrayList<>();
        long position = 0;
        long offset = 512L * random.nextInt(8);
        int count = random.nextInt(12);
        for (int i = 0; i < count; i++) {
            position += (long) unit * random.nextInt(4);
            long length = (long) unit * random.nextInt(3);
            segments.add(new Data.Segment(position, offset, length));
            position += length;
            offset += length + (long) unit * random.nextInt(2);
        }
        return new Data.Sparse(position + 1 + random.nextInt(3000), segments);
    }

    private static byte[] expected(byte[] tar, Data data) {
        byte[] content = new byte[Math.toIntExact(data.size())];
        List<Data.Segment> segments =
                switch (data) {
                    case Data.Extent e -> List.of(new Data.Segment(0, e.offset(), e.size()));
                    case Data.Sparse s -> s.segments();
                };
        for (Data.Segment s : segments) {
            System.arraycopy(tar, (int) s.offset(), content, (int) s.position(), (int) s.length());
        }
        return content;
    }

    @Test
    void indexOfAHugeSparseFileStaysSmall() {
        // 100 GiB with one piece that begins on a page: pages of 4 KiB would need 200 MB of map.
        Data data =
                new Data.Sparse(
                        100L << 30, List.of(new Data.Segment((50L << 30) + 4096, 512, 4096)));

        assertThat(ErofsIndex.plan(tree(file("f", data)), TAR, Trees.ID).size())
                .isLessThan(8 << 20);
    }

    @Test
    void refusesSparseFilesWhoseIndexWouldFillTheDisk() {
        List<Data.Segment> segments = new ArrayList<>();
        for (int i = 0; i < 200_000; i++) {
            segments.add(new Data.Segment(i * 40_000_001L, i, 1));
        }
        Data data = new Data.Sparse(1L << 43, segments);

        assertThatThrownBy(() -> ErofsIndex.plan(tree(file("f", data)), TAR, Trees.ID))
                .isInstanceOf(MalformedLayer.class)
                .hasMessageStartingWith("the sparse files up to f lie in so many pieces");
    }

    @Test
    void refusesSizesNoFileCanHave() {
        Data data = new Data.Sparse(Long.MAX_VALUE, List.of());

        assertThatThrownBy(() -> read(file("f", data)))
                .isInstanceOf(MalformedLayer.class)
                .hasMessage("f has 9223372036854775807 bytes, more than a file can have");
    }

    @Test
    void cutsTheLargestFileIntoChunksOfATebibyte() {
        ImageReader image = read(file("f", new Data.Sparse(1L << 62, List.of())));

        assertThat(image.chunkSize(image.find("f"))).isEqualTo(1L << 40);
    }

    @Test
    void refusesDataBeyondTheEndOfTheTar() {
        assertThatThrownBy(() -> read(tar(1024), file("f", new Data.Extent(512, 513))))
                .isInstanceOf(MalformedLayer.class)
                .hasMessage("f has data at 512+513, beyond the end of the tar at 1024");
        assertThatThrownBy(() -> read(tar(1024), file("f", new Data.Extent(Long.MAX_VALUE - 5, 5))))
                .isInstanceOf(MalformedLayer.class);
    }
}
