package dev.plinth.core.oci;

import java.util.Arrays;

/// SHA-256 ([FIPS 180-4](https://doi.org/10.6028/NIST.FIPS.180-4), section 6.2) of short input, in
/// the fewest steps from a cold start.
///
/// The JDK's is many times as fast once it is compiled, and the right one for files and layers. Its
/// first use takes 9 to 17 ms, though, to find a security provider: more than all else that a short
/// command does, and the name of the run folder is such a hash. This one takes 0.03 ms for a path.
final class ShortSha256 {
    /// Input from this size on is better left to the JDK.
    static final int LIMIT = 1024;

    private static final int BLOCK = 64;

    /// The first 32 bits of the fractions of the cube roots of the first 64 primes.
    private static final int[] ROUND = {
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4,
                0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7,
                0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc,
                0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351,
                0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e,
                0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585,
                0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f,
                0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7,
                0xc67178f2
    };

    private ShortSha256() {}

    static byte[] hash(byte[] input) {
        // One bit, zeros, and the length in bits as 8 bytes fill up the last block.
        byte[] padded = Arrays.copyOf(input, (input.length + 8) / BLOCK * BLOCK + BLOCK);
        padded[input.length] = (byte) 0x80;
        writeInt(padded, padded.length - 8, input.length >>> 29);
        writeInt(padded, padded.length - 4, input.length << 3);

        // The first 32 bits of the fractions of the square roots of the first 8 primes.
        int[] state = {
            0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a,
            0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19
        };
        int[] words = new int[BLOCK];
        for (int at = 0; at < padded.length; at += BLOCK) {
            schedule(words, padded, at);
            compress(state, words);
        }
        byte[] hash = new byte[32];
        for (int i = 0; i < state.length; i++) {
            writeInt(hash, 4 * i, state[i]);
        }
        return hash;
    }

    private static void schedule(int[] words, byte[] bytes, int from) {
        for (int i = 0; i < 16; i++) {
            int at = from + 4 * i;
            words[i] =
                    (bytes[at] & 0xff) << 24
                            | (bytes[at + 1] & 0xff) << 16
                            | (bytes[at + 2] & 0xff) << 8
                            | (bytes[at + 3] & 0xff);
        }
        for (int i = 16; i < BLOCK; i++) {
            int x = words[i - 15];
            int y = words[i - 2];
            int sigma0 = Integer.rotateRight(x, 7) ^ Integer.rotateRight(x, 18) ^ x >>> 3;
            int sigma1 = Integer.rotateRight(y, 17) ^ Integer.rotateRight(y, 19) ^ y >>> 10;
            words[i] = words[i - 16] + sigma0 + words[i - 7] + sigma1;
        }
    }

    private static void compress(int[] state, int[] words) {
        int a = state[0];
        int b = state[1];
        int c = state[2];
        int d = state[3];
        int e = state[4];
        int f = state[5];
        int g = state[6];
        int h = state[7];
        for (int i = 0; i < BLOCK; i++) {
            int sum1 =
                    Integer.rotateRight(e, 6)
                            ^ Integer.rotateRight(e, 11)
                            ^ Integer.rotateRight(e, 25);
            int choice = (e & f) ^ (~e & g);
            int t1 = h + sum1 + choice + ROUND[i] + words[i];
            int sum0 =
                    Integer.rotateRight(a, 2)
                            ^ Integer.rotateRight(a, 13)
                            ^ Integer.rotateRight(a, 22);
            int majority = (a & b) ^ (a & c) ^ (b & c);
            h = g;
            g = f;
            f = e;
            e = d + t1;
            d = c;
            c = b;
            b = a;
            a = t1 + sum0 + majority;
        }
        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static void writeInt(byte[] bytes, int at, int value) {
        bytes[at] = (byte) (value >>> 24);
        bytes[at + 1] = (byte) (value >>> 16);
        bytes[at + 2] = (byte) (value >>> 8);
        bytes[at + 3] = (byte) value;
    }
}
