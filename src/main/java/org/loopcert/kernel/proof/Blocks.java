package org.loopcert.kernel.proof;

import static org.loopcert.kernel.proof.NotProved.require;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.NotProved.Reason;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/** Operations on block matrices. Two partitions are brought to a common one by selections of rows and columns. */
record Blocks(Rewriter rewriter, Signs signs) {
    BlockMatrix add(BlockMatrix left, BlockMatrix right) throws NotProved {
        List<LinearForm> heights = common(left.heights(), right.heights());
        List<LinearForm> widths = common(left.widths(), right.widths());
        BlockMatrix a = refine(left, heights, widths);
        BlockMatrix b = refine(right, heights, widths);
        return BlockMatrix.of(heights, widths, (i, j) -> a.get(i, j).add(b.get(i, j)));
    }

    BlockMatrix subtract(BlockMatrix left, BlockMatrix right) throws NotProved {
        return add(left, scale(right, Polynomial.number(Fraction.of(-1))));
    }

    BlockMatrix scale(BlockMatrix matrix, Polynomial scalar) throws NotProved {
        return BlockMatrix.of(matrix.heights(), matrix.widths(), (i, j) -> rewriter.multiply(scalar, matrix.get(i, j)));
    }

    BlockMatrix multiply(BlockMatrix left, BlockMatrix right) throws NotProved {
        if (left.shape().isScalar()) {
            return scale(right, left.get(0, 0));
        }
        if (right.shape().isScalar()) {
            return scale(left, right.get(0, 0));
        }
        List<LinearForm> inner = common(left.widths(), right.heights());
        BlockMatrix a = refine(left, left.heights(), inner);
        BlockMatrix b = refine(right, inner, right.widths());
        return BlockMatrix.of(left.heights(), right.widths(), (i, j) -> {
            Polynomial sum = Polynomial.zero(
                    new Shape(left.heights().get(i), right.widths().get(j)));
            for (int k = 0; k < inner.size(); k++) {
                sum = sum.add(rewriter.multiply(a.get(i, k), b.get(k, j)));
            }
            return sum;
        });
    }

    BlockMatrix transpose(BlockMatrix matrix) throws NotProved {
        return BlockMatrix.of(matrix.widths(), matrix.heights(), (i, j) -> rewriter.transpose(matrix.get(j, i)));
    }

    BlockMatrix power(BlockMatrix base, LinearForm exponent) throws NotProved {
        if (base.isSingle()) {
            return BlockMatrix.of(rewriter.power(base.get(0, 0), exponent));
        }
        boolean small = exponent.isConstant()
                && exponent.constant().signum() > 0
                && exponent.constant().bitLength() <= 5;
        require(small, Reason.BLOCKS, "a power from 1 to 31 of a matrix in blocks", exponent);
        BlockMatrix product = base;
        for (int i = 1; i < exponent.constant().intValueExact(); i++) {
            product = multiply(product, base);
        }
        return product;
    }

    /** A matrix whose blocks are block matrices. */
    BlockMatrix assemble(List<List<BlockMatrix>> parts) throws NotProved {
        List<List<LinearForm>> widths = new ArrayList<>();
        for (int j = 0; j < parts.get(0).size(); j++) {
            List<LinearForm> width = parts.get(0).get(j).widths();
            for (List<BlockMatrix> row : parts) {
                width = common(width, row.get(j).widths());
            }
            widths.add(width);
        }
        List<LinearForm> heights = new ArrayList<>();
        List<List<Polynomial>> all = new ArrayList<>();
        for (List<BlockMatrix> row : parts) {
            List<LinearForm> height = row.get(0).heights();
            for (BlockMatrix each : row) {
                height = common(height, each.heights());
            }
            List<BlockMatrix> refined = new ArrayList<>();
            for (int j = 0; j < row.size(); j++) {
                refined.add(refine(row.get(j), height, widths.get(j)));
            }
            for (int i = 0; i < height.size(); i++) {
                List<Polynomial> line = new ArrayList<>();
                for (BlockMatrix each : refined) {
                    line.addAll(each.blocks().get(i));
                }
                all.add(line);
            }
            heights.addAll(height);
        }
        return new BlockMatrix(heights, widths.stream().flatMap(List::stream).toList(), all);
    }

    /** Rows and columns from..to, counted from 1, at least one; they must be known to lie inside. */
    BlockMatrix slice(
            BlockMatrix matrix, LinearForm fromRow, LinearForm toRow, LinearForm fromColumn, LinearForm toColumn)
            throws NotProved {
        List<LinearForm> heights = cuts(matrix.shape().rows(), fromRow, toRow);
        List<LinearForm> widths = cuts(matrix.shape().columns(), fromColumn, toColumn);
        List<LinearForm> allHeights = common(matrix.heights(), heights);
        List<LinearForm> allWidths = common(matrix.widths(), widths);
        BlockMatrix refined = refine(matrix, allHeights, allWidths);
        int[] rows = range(allHeights, fromRow.plus(-1), toRow);
        int[] columns = range(allWidths, fromColumn.plus(-1), toColumn);
        return BlockMatrix.of(
                allHeights.subList(rows[0], rows[1]),
                allWidths.subList(columns[0], columns[1]),
                (i, j) -> refined.get(rows[0] + i, columns[0] + j));
    }

    private List<LinearForm> cuts(LinearForm total, LinearForm from, LinearForm to) throws NotProved {
        boolean inside = signs.isNonNegative(from.plus(-1)) && signs.isNonNegative(total.subtract(to));
        require(inside, Reason.RANGE, "a range inside 1.." + total, from + ".." + to);
        List<LinearForm> sizes =
                new ArrayList<>(List.of(from.plus(-1), to.subtract(from).plus(1), total.subtract(to)));
        sizes.removeIf(LinearForm::isZero);
        return sizes;
    }

    /** The numbers of the blocks that start at one offset and end at another. */
    private static int[] range(List<LinearForm> sizes, LinearForm start, LinearForm end) {
        int first = -1;
        int last = -1;
        LinearForm offset = LinearForm.ZERO;
        for (int i = 0; i <= sizes.size(); i++) {
            first = first < 0 && offset.equals(start) ? i : first;
            last = offset.equals(end) ? i : last;
            offset = i < sizes.size() ? offset.add(sizes.get(i)) : offset;
        }
        return new int[] {first, last};
    }

    /** The coarsest partition that refines both. */
    private List<LinearForm> common(List<LinearForm> left, List<LinearForm> right) throws NotProved {
        if (left.equals(right)) {
            return left;
        }
        List<LinearForm> sizes = new ArrayList<>();
        List<LinearForm> a = new ArrayList<>(left);
        List<LinearForm> b = new ArrayList<>(right);
        while (!a.isEmpty() && !b.isEmpty()) {
            LinearForm first = a.remove(0);
            LinearForm second = b.remove(0);
            LinearForm rest = second.subtract(first);
            if (rest.isZero()) {
                sizes.add(first);
            } else if (signs.isNonNegative(rest)) {
                sizes.add(first);
                b.add(0, rest);
            } else {
                LinearForm other = first.subtract(second);
                require(signs.isNonNegative(other), Reason.BLOCKS, "blocks that align: " + left, right);
                sizes.add(second);
                a.add(0, other);
            }
        }
        sizes.removeIf(LinearForm::isZero);
        boolean done = a.stream().allMatch(LinearForm::isZero) && b.stream().allMatch(LinearForm::isZero);
        require(done, Reason.BLOCKS, "blocks that align: " + left, right);
        return sizes;
    }

    private BlockMatrix refine(BlockMatrix matrix, List<LinearForm> heights, List<LinearForm> widths) throws NotProved {
        BlockMatrix tall = matrix.heights().equals(heights) ? matrix : refineRows(matrix, heights);
        return tall.widths().equals(widths) ? tall : transpose(refineRows(transpose(tall), widths));
    }

    private BlockMatrix refineRows(BlockMatrix matrix, List<LinearForm> heights) throws NotProved {
        List<List<Polynomial>> rows = new ArrayList<>();
        int block = 0;
        LinearForm offset = LinearForm.ZERO;
        for (LinearForm height : heights) {
            while (offset.equals(matrix.heights().get(block))) {
                block++;
                offset = LinearForm.ZERO;
            }
            List<Polynomial> row = new ArrayList<>();
            for (Polynomial each : matrix.blocks().get(block)) {
                row.add(rows(each, offset, height));
            }
            rows.add(row);
            offset = offset.add(height);
        }
        return new BlockMatrix(heights, matrix.widths(), rows);
    }

    /** Some rows of a polynomial, by a selection from the left. */
    private Polynomial rows(Polynomial polynomial, LinearForm offset, LinearForm size) throws NotProved {
        if (polynomial.shape().rows().equals(size)) {
            return polynomial;
        }
        Polynomial selection = rewriter.transpose(selection(polynomial.shape().rows(), offset, size));
        if (polynomial.isNumber()) {
            return polynomial.isZero()
                    ? Polynomial.zero(new Shape(size, polynomial.shape().columns()))
                    : selection.scale(polynomial.number());
        }
        return rewriter.multiply(selection, polynomial);
    }

    private static Polynomial selection(LinearForm total, LinearForm offset, LinearForm size) {
        return size.isOne() ? unit(total, offset.plus(1)) : Polynomial.of(Atom.select(total, offset, size));
    }

    static Polynomial unit(LinearForm size, LinearForm index) {
        return size.isOne() ? Polynomial.number(Fraction.ONE) : Polynomial.of(Atom.unit(size, index));
    }

    /** The entrywise product. */
    BlockMatrix hadamard(BlockMatrix left, BlockMatrix right) throws NotProved {
        List<LinearForm> heights = common(left.heights(), right.heights());
        List<LinearForm> widths = common(left.widths(), right.widths());
        BlockMatrix a = refine(left, heights, widths);
        BlockMatrix b = refine(right, heights, widths);
        return BlockMatrix.of(heights, widths, (i, j) -> hadamard(a.get(i, j), b.get(i, j)));
    }

    private Polynomial hadamard(Polynomial left, Polynomial right) throws NotProved {
        Shape shape = left.shape();
        if (shape.isScalar()) {
            return rewriter.multiply(left, right);
        }
        return left.map(
                shape,
                a -> right.map(shape, b -> {
                    Polynomial scalar = Polynomial.scalar(Monomial.multiply(a.powers(), b.powers()), Fraction.ONE);
                    return rewriter.multiply(scalar, hadamard(a.word(), b.word(), shape));
                }));
    }

    private Polynomial hadamard(Word left, Word right, Shape shape) throws NotProved {
        if (isOnes(left, shape)) {
            return ofWord(right, shape);
        }
        if (isOnes(right, shape)) {
            return ofWord(left, shape);
        }
        if (left.isEmpty() && right.isEmpty()) {
            return ofWord(left, shape);
        }
        boolean swapped = left.compareTo(right) > 0;
        String key = pair(swapped ? right : left, swapped ? left : right);
        Word a = left.transpose();
        Word b = right.transpose();
        String mirrored = a.compareTo(b) > 0 ? pair(b, a) : pair(a, b);
        boolean flip = mirrored.compareTo(key) < 0;
        Shape kept = flip ? shape.transpose() : shape;
        Atom atom = new Atom(Kind.HADAMARD, flip ? mirrored : key, kept, null, mirrored.equals(key));
        return Polynomial.letter(atom, flip);
    }

    private static String pair(Word left, Word right) {
        return left.key() + " o " + right.key();
    }

    private static Polynomial ofWord(Word word, Shape shape) {
        return Polynomial.of(shape, Monomial.ONE.withWord(word), Fraction.ONE);
    }

    private static boolean isOnes(Word word, Shape shape) {
        int expected = (shape.rows().isOne() ? 0 : 1) + (shape.columns().isOne() ? 0 : 1);
        return word.letters().size() == expected
                && word.letters().stream().map(Letter::atom).allMatch(each -> each.kind() == Kind.ONES);
    }

    /**
     * A matrix of polynomials, cut into blocks.
     *
     * @param heights the numbers of rows of the block rows
     * @param widths the numbers of columns of the block columns
     * @param blocks by rows
     */
    record BlockMatrix(List<LinearForm> heights, List<LinearForm> widths, List<List<Polynomial>> blocks) {
        BlockMatrix {
            heights = List.copyOf(heights);
            widths = List.copyOf(widths);
            blocks = blocks.stream().map(List::copyOf).toList();
        }

        static BlockMatrix of(Polynomial single) {
            Shape shape = single.shape();
            return new BlockMatrix(List.of(shape.rows()), List.of(shape.columns()), List.of(List.of(single)));
        }

        Shape shape() {
            return new Shape(LinearForm.sum(heights.stream()), LinearForm.sum(widths.stream()));
        }

        boolean isSingle() {
            return heights.size() == 1 && widths.size() == 1;
        }

        Polynomial get(int row, int column) {
            return blocks.get(row).get(column);
        }

        /** The blocks, row by row. */
        List<Polynomial> all() {
            return blocks.stream().flatMap(List::stream).toList();
        }

        /** What is done to each block, which knows its place. */
        interface Entry {
            Polynomial at(int row, int column) throws NotProved;
        }

        static BlockMatrix of(List<LinearForm> heights, List<LinearForm> widths, Entry entry) throws NotProved {
            List<List<Polynomial>> rows = new ArrayList<>();
            for (int i = 0; i < heights.size(); i++) {
                List<Polynomial> row = new ArrayList<>();
                for (int j = 0; j < widths.size(); j++) {
                    row.add(entry.at(i, j));
                }
                rows.add(row);
            }
            return new BlockMatrix(heights, widths, rows);
        }

        String key() {
            return heights + "/" + widths + "/"
                    + blocks.stream()
                            .map(row -> row.stream().map(Polynomial::key).collect(Collectors.joining(",")))
                            .collect(Collectors.joining(";"));
        }

        @Override
        public String toString() {
            return key();
        }
    }
}
