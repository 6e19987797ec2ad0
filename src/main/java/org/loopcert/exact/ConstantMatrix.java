package org.loopcert.exact;

import java.util.Arrays;

/**
 * The product of a constant integer matrix with a vector of long integers.
 *
 * <p>Three digits of the matrix, a_0 + a_1 z + a_2 z^2, and two of the vector, v_0 + v_1 z, at z = 2^23, have a product with
 * four coefficients, which follow from its values at z = 0, 1, -1 and infinity (Toom 1963): four products instead of six.
 * Two digits with two take three, at 0, 1 and infinity (Karatsuba 1962). The values of the matrix are formed once, those of
 * the vector once for all rows, and the coefficients once for each row and tile of columns; between these, a product is
 * one of matrices of doubles. How large the sums of a row can become follows from the sizes of its digits, which are
 * known: carries are taken out of a sum before it could be larger than 2^53.
 *
 * <p>Sums are worked on four rows at a time, for two columns at a time, in blocks of places and columns that fit the caches.
 */
final class ConstantMatrix {
    /** Digits with two digits of the vector to a point each. */
    private static final int CHUNK = 3;

    private static final int BLOCK = 384;
    private static final int TILE = 64;
    private static final int MOST_TOGETHER = 8;

    /** The highest digit may have so many bits more than the others, if sums remain small enough. */
    private static final int WIDER = 6;

    private final int rows;
    private final int columns;
    private final int digits;
    private final int tiles;

    /** How many tiles may be worked on at once where the vector is short. */
    private final int together;

    private final Chunk[] chunks;

    /**
     * Digits of all entries that are next to each other.
     *
     * @param digits how many, 1 to {@value #CHUNK}
     * @param values at each point but that at infinity of a single digit [point][row][column]
     * @param largest what the sums of a row with reduced digits do not exceed [row][tile]
     * @param safe of how many tiles together no sum at a point exceeds 2^53, nor {@code largest} the half; at most 2, or
     *     {@value #MOST_TOGETHER} where there is one digit only
     */
    private record Chunk(int digits, double[][][] values, long[][] largest, int safe) {}

    private ConstantMatrix(int rows, int columns, int digits, int tiles, Chunk[] chunks) {
        this.rows = rows;
        this.columns = columns;
        this.digits = digits;
        this.tiles = tiles;
        this.chunks = chunks;
        together = Arrays.stream(chunks).mapToInt(Chunk::safe).min().orElse(1);
    }

    static ConstantMatrix of(IntegerMatrix matrix) {
        int bits = matrix.bitLength() + 1;
        // the highest digit takes what is left
        int most = Math.max(1, (bits - WIDER + Digits.BITS - 1) / Digits.BITS);
        return of(matrix.digits(0, Digits.BITS, most), matrix.rows(), matrix.columns());
    }

    /** Of digits [digit][row][column], none larger than 2^22 but the highest. */
    private static ConstantMatrix of(double[][][] planes, int rows, int columns) {
        int tiles = Math.max(1, (columns + TILE - 1) / TILE);
        Chunk[] chunks = new Chunk[(planes.length + CHUNK - 1) / CHUNK];
        for (int c = 0; c < chunks.length; c++) {
            double[][][] part = Arrays.copyOfRange(planes, c * CHUNK, Math.min(planes.length, (c + 1) * CHUNK));
            chunks[c] = chunk(part, rows, columns, tiles);
            if (chunks[c].safe() == 0) {
                return of(withCarries(planes), rows, columns);
            }
        }
        return new ConstantMatrix(rows, columns, planes.length, tiles, chunks);
    }

    /** With a digit more, which takes what makes the highest larger than the others. */
    private static double[][][] withCarries(double[][][] planes) {
        double[][][] more = Arrays.copyOf(planes, planes.length + 1);
        double[][] top = new double[planes[0].length][];
        double[][] carries = new double[planes[0].length][];
        for (int i = 0; i < top.length; i++) {
            top[i] = planes[planes.length - 1][i].clone();
            carries[i] = new double[top[i].length];
            Digits.takeCarries(top[i], carries[i]);
        }
        more[planes.length - 1] = top;
        more[planes.length] = carries;
        return more;
    }

    private static Chunk chunk(double[][][] planes, int rows, int columns, int tiles) {
        int count = planes.length;
        double[][][] values = new double[count == 1 ? 1 : count + 1][][];
        values[0] = planes[0];
        if (count > 1) {
            values[1] = new double[rows][columns];
            values[count] = planes[count - 1];
        }
        if (count == CHUNK) {
            values[2] = new double[rows][columns];
        }
        long[][] largest = new long[rows][tiles];
        long limit = Digits.LARGEST / (2L * Digits.REDUCED); // a value of the vector is at most twice a reduced digit
        int safe = count == 1 ? MOST_TOGETHER : 2;
        double[] all = new double[columns];
        double[] atPoint = new double[columns];
        for (int i = 0; i < rows; i++) {
            if (count == 2) {
                Digits.add(values[1][i], planes[0][i], planes[1][i], 0, columns);
            } else if (count == CHUNK) {
                Digits.add(values[2][i], planes[0][i], planes[2][i], 0, columns);
                Digits.add(values[1][i], values[2][i], planes[1][i], 0, columns);
                Digits.subtract(values[2][i], values[2][i], planes[1][i], 0, columns);
            }
            Arrays.fill(all, 0);
            for (double[][] plane : planes) {
                for (int j = 0; j < columns; j++) {
                    all[j] += Math.abs(plane[i][j]);
                }
            }
            Arrays.fill(atPoint, 0);
            for (double[][] value : values) {
                for (int j = 0; j < columns; j++) {
                    atPoint[j] = Math.max(atPoint[j], Math.abs(value[i][j]));
                }
            }
            for (int tile = 0; tile < tiles; tile++) {
                long sum = 0;
                long sumAtPoint = 0;
                for (int j = start(tile, columns, tiles); j < start(tile + 1, columns, tiles); j++) {
                    sum = Math.addExact(sum, (long) all[j]);
                    sumAtPoint = Math.addExact(sumAtPoint, (long) atPoint[j]);
                }
                safe = (int) Math.min(safe, limit / Math.max(1, Math.max(sum, sumAtPoint)));
                largest[i][tile] = safe == 0 ? Digits.LARGEST : sum * Digits.REDUCED;
            }
        }
        return new Chunk(count, values, largest, safe);
    }

    /** The first column of a tile; tiles have an even number of columns but the last. */
    private static int start(int tile, int columns, int tiles) {
        return tile == tiles ? columns : (int) ((long) (columns + 1) / 2 * tile / tiles) * 2;
    }

    /** The negative of the transposed matrix. */
    ConstantMatrix negativeTransposed() {
        double[][][] planes = new double[digits][columns][rows];
        for (int k = 0; k < digits; k++) {
            Chunk chunk = chunks[k / CHUNK];
            for (int i = 0; i < rows; i++) {
                for (int j = 0; j < columns; j++) {
                    planes[k][j][i] = -digit(chunk, k % CHUNK, i, j);
                }
            }
        }
        return of(planes, columns, rows);
    }

    private static double digit(Chunk chunk, int k, int i, int j) {
        double[][][] values = chunk.values();
        if (k == 0) {
            return values[0][i][j];
        }
        return k == chunk.digits() - 1 ? values[chunk.digits()][i][j] : (values[1][i][j] - values[2][i][j]) / 2;
    }

    /** How many rows of a product are best formed at a time: few, so that they stay in the caches, unless rows are long. */
    int rowsAtOnce() {
        return tiles <= 2 ? Room.GROUP : rows;
    }

    /** Whether products gain from a vector with its digits joined: there is a single digit to an entry. */
    boolean joins() {
        return digits == 1;
    }

    /** How many arrays of a {@link DigitVector} a product needs: only points that there are digits for. */
    int arrays() {
        return Math.min(CHUNK, digits) + 1;
    }

    /** How many places a product is longer than the vector, at most; carries are included. */
    int places() {
        return (digits + 1) / 2 + 2;
    }

    /** How many products of digits there are for each digit of the vector. */
    long products() {
        long count = 0;
        for (Chunk chunk : chunks) {
            count += chunk.digits() + 1;
        }
        return count * rows * columns / 2;
    }

    /**
     * Rows first, ..., last - 1 of sums += matrix * vector, reduced.
     *
     * @param sums what the product is added to: not reduced digits, zero from {@code total} on
     * @param largest no digit there is larger, at most {@link Digits#LARGEST}
     * @param total places, at least the vector's length + {@link #places()}; two more are written
     * @param vector reduced, as many integers as the matrix has columns, with its sums and differences
     */
    void addTo(DigitVector sums, long largest, int total, DigitVector vector, Room room, int first, int last) {
        int length = vector.length();
        int blocks = Math.max(1, (length + BLOCK - 1) / BLOCK);
        long[] sizes = new long[last - first];
        Arrays.fill(sizes, largest);
        for (int block = 0; block < blocks; block++) {
            int from = room.begin + cut(length, block, blocks);
            int to = block + 1 < blocks ? room.begin + cut(length, block + 1, blocks) : room.end(length);
            int step = 2 * (to - from) <= BLOCK ? together : 1;
            for (int tile = 0; tile < tiles; tile += step) {
                int nextTile = Math.min(tiles, tile + step);
                for (int i = first; i < last; i += Room.GROUP) {
                    int count = Math.min(Room.GROUP, last - i);
                    for (int c = 0; c < chunks.length; c++) {
                        boolean zero = true;
                        for (int r = 0; r < count; r++) {
                            long added = 0;
                            for (int k = tile; k < nextTile; k++) {
                                added += chunks[c].largest()[i + r][k];
                            }
                            if (sizes[i + r - first] + added > Digits.LARGEST) {
                                room.carry(sums.low[i + r], sums.high[i + r], total);
                                sizes[i + r - first] = Digits.CARRIED;
                            }
                            sizes[i + r - first] += added;
                            zero &= added == 0;
                        }
                        if (!zero) {
                            Part part = new Part(
                                    i, count, start(tile, columns, tiles), start(nextTile, columns, tiles), from, to);
                            group(sums, c, part, vector, room);
                        }
                    }
                }
            }
        }
        for (int i = first; i < last; i++) {
            room.reduce(sums, i, total);
        }
    }

    /** So many places, of so many in all, lie below a block. */
    private static int cut(int length, int block, int blocks) {
        return (int) ((long) length * block / blocks) / Room.LANES * Room.LANES;
    }

    /** Adds the products of up to four rows with one chunk, tile and block of places. */
    private void group(DigitVector sums, int c, Part part, DigitVector vector, Room room) {
        Chunk chunk = chunks[c];
        double[][][] values = chunk.values();
        int i = part.firstRow();
        int count = part.rows();
        int from = part.from();
        int to = part.to();
        if (chunks.length == 1 && chunk.digits() == 1 && vector.joined.length > 0 && part.all(room, vector)) {
            Part joined =
                    new Part(i, count, part.firstColumn(), part.lastColumn(), from, room.end(2 * vector.stride()));
            joined.multiply(values[0], vector.joined, room.joined, room.joined[Room.GROUP], false);
            for (int r = 0; r < count; r++) {
                room.addJoined(sums.low[i + r], sums.high[i + r], room.joined[r], vector.stride());
            }
            return;
        }
        if (c == 0 && chunk.digits() == 1 && count == Room.GROUP) {
            part.multiply(values[0], vector.low, Arrays.copyOfRange(sums.low, i, i + count), room.zeros, true);
            part.multiply(values[0], vector.high, Arrays.copyOfRange(sums.high, i, i + count), room.zeros, true);
            return;
        }
        double[][][] points = room.sums;
        part.multiply(values[0], vector.low, points[0], room.zeros, false);
        if (chunk.digits() > 1) {
            part.multiply(values[1], vector.sum, points[1], room.zeros, false);
        }
        if (chunk.digits() == CHUNK) {
            part.multiply(values[2], vector.difference, points[2], room.zeros, false);
        }
        double[][] leading = values[values.length - 1];
        part.multiply(leading, vector.high, points[chunk.digits()], room.zeros, false);
        for (int r = 0; r < count; r++) {
            double[] low = sums.low[i + r];
            double[] high = sums.high[i + r];
            int added = 0;
            if (chunk.digits() == 2) {
                Digits.interpolate(points[0][r], points[1][r], points[2][r], from, to);
            } else if (chunk.digits() == CHUNK && c == 0) {
                Digits.interpolateAdd(low, high, points[0][r], points[1][r], points[2][r], points[3][r], from, to);
                added = 2;
            } else if (chunk.digits() == CHUNK) {
                Digits.interpolate(points[0][r], points[1][r], points[2][r], points[3][r], from, to);
            }
            int k = added;
            for (; k < chunk.digits(); k += 2) {
                int at = c * CHUNK + k;
                double[] one = (at & 1) == 0 ? low : high;
                double[] other = (at & 1) == 0 ? high : low;
                room.addBoth(one, points[k][r], at / 2, other, points[k + 1][r], (at + 1) / 2, from, to);
            }
            if (k == chunk.digits()) {
                int at = c * CHUNK + k;
                room.add((at & 1) == 0 ? low : high, points[k][r], at / 2, from, to);
            }
        }
    }

    /** Up to four rows, some columns and some places of a product, {@code from} and {@code to} their indices. */
    private record Part(int firstRow, int rows, int firstColumn, int lastColumn, int from, int to) {
        boolean all(Room room, DigitVector vector) {
            return from == room.begin && to == room.end(vector.length());
        }

        /**
         * The product at a point.
         *
         * @param add to the sums, or else in their place
         */
        void multiply(double[][] matrix, double[][] vector, double[][] sums, double[] zeros, boolean add) {
            double[] a = matrix[firstRow];
            double[] b = rows > 1 ? matrix[firstRow + 1] : a;
            double[] c = rows > 2 ? matrix[firstRow + 2] : a;
            double[] d = rows > 3 ? matrix[firstRow + 3] : a;
            double[] p = sums[0];
            double[] q = sums[1];
            double[] r = sums[2];
            double[] s = sums[3];
            int j = firstColumn;
            if (!add) {
                boolean two = j + 1 < lastColumn;
                double[] next = two ? vector[j + 1] : zeros;
                int k = two ? j + 1 : j;
                Digits.multiply(p, q, r, s, vector[j], next, a[j], a[k], b[j], b[k], c[j], c[k], d[j], d[k], from, to);
                j += 2;
            }
            for (; j + 1 < lastColumn; j += 2) {
                int k = j + 1;
                Digits.multiplyAdd(
                        p, q, r, s, vector[j], vector[k], a[j], a[k], b[j], b[k], c[j], c[k], d[j], d[k], from, to);
            }
            if (j < lastColumn) {
                Digits.multiplyAdd(p, q, r, s, vector[j], zeros, a[j], 0, b[j], 0, c[j], 0, d[j], 0, from, to);
            }
        }
    }
}
