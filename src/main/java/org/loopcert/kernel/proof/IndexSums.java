package org.loopcert.kernel.proof;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;
import org.loopcert.kernel.proof.Polynomial.Monomial;

/**
 * The sum of a normal form over an index from 0 to length - 1. What does not depend on the index comes out; over all
 * unit vectors of a space, the sum of e e' is the identity and the sum of e is the all-ones vector.
 */
final class IndexSums {
    private final Rewriter rewriter;
    private final String index;
    private final LinearForm length;

    IndexSums(Rewriter rewriter, String index, LinearForm length) {
        this.rewriter = rewriter;
        this.index = index;
        this.length = length;
    }

    BlockMatrix sum(BlockMatrix body) throws NotProved {
        return BlockMatrix.of(body.heights(), body.widths(), (i, j) -> {
            Shape shape = body.get(i, j).shape();
            return body.get(i, j).map(shape, each -> sum(each, shape));
        });
    }

    /** Names of bound indices begin with a sign that no other name holds, and there are at most nine. */
    private boolean depends(String key) {
        return key.contains(index);
    }

    private Polynomial sum(Monomial monomial, Shape shape) throws NotProved {
        SortedMap<Atom, LinearForm> outside = new TreeMap<>();
        SortedMap<Atom, LinearForm> inside = new TreeMap<>();
        List<Word> forms = new ArrayList<>();
        Word word = monomial.word();
        boolean units = onlyUnits(word);
        for (Map.Entry<Atom, LinearForm> each : monomial.powers().entrySet()) {
            LinearForm exponent = each.getValue();
            boolean dependent = depends(each.getKey().key()) || depends(exponent.toString());
            (dependent ? inside : outside).put(each.getKey(), exponent);
            boolean form = dependent
                    && each.getKey().kind() == Kind.FORM
                    && (exponent.isOne() || exponent.equals(LinearForm.of(2)))
                    && onlyUnits(each.getKey().word());
            units &= form || !dependent;
            for (int i = 0; form && i < exponent.constant().intValueExact(); i++) {
                forms.add(each.getKey().word());
            }
        }
        Polynomial scalars = Polynomial.scalar(outside, Fraction.ONE);
        if (inside.isEmpty() && !depends(word.key())) {
            return rewriter.multiply(rewriter.multiply(scalars, Polynomial.integer(length)), product(word, shape));
        }
        Polynomial contracted = units ? contract(forms, word, shape) : null;
        return rewriter.multiply(scalars, contracted != null ? contracted : unknown(inside, word, shape));
    }

    /** A sum of which nothing more is known. */
    private Polynomial unknown(SortedMap<Atom, LinearForm> inside, Word word, Shape shape) throws NotProved {
        boolean matrices = depends(word.key());
        Monomial summand = new Monomial(inside, matrices ? word : Word.EMPTY);
        String key = index + ":" + length + ":" + summand.key();
        Polynomial sum = Polynomial.of(new Atom(Kind.SUM, key, matrices ? shape : Shape.SCALAR, null, false));
        return matrices ? sum : rewriter.multiply(sum, product(word, shape));
    }

    /** Whether the letters that depend on the index are the unit vectors of a space, over all of it. */
    private boolean onlyUnits(Word word) {
        return word.letters().stream().allMatch(each -> !depends(each.key()) || isUnit(each));
    }

    private boolean isUnit(Letter letter) {
        return letter.atom().kind() == Kind.UNIT
                && letter.atom().shape().rows().equals(length)
                && letter.atom()
                        .forms()
                        .get(0)
                        .equals(LinearForm.variable(index).plus(1));
    }

    private boolean endsWithUnit(Word piece) {
        Letter last =
                piece.isEmpty() ? null : piece.letters().get(piece.letters().size() - 1);
        return last != null && !last.transposed() && isUnit(last);
    }

    /**
     * The sum of a product with one or two unit vectors in it; null where there are more. Its pieces are a column (which
     * can end in e), a row (which can begin with e') and scalars (which can do both, and turn round).
     */
    private Polynomial contract(List<Word> forms, Word word, Shape shape) throws NotProved {
        int cut = 0;
        while (cut < word.letters().size()
                && (cut == 0 || !word.letters().get(cut).shape().rows().isOne())) {
            cut++;
        }
        cut = cut == word.letters().size() && shape.rows().isOne() ? 0 : cut;
        Word column = word.part(0, cut);
        Word row = word.part(cut, word.letters().size());
        List<Word> ends = new ArrayList<>();
        for (Word each : forms) {
            ends.add(endsWithUnit(each) ? each : each.transpose());
        }
        boolean inColumn = endsWithUnit(column);
        boolean inRow = endsWithUnit(row.transpose());
        long inForms = forms.stream()
                .flatMap(each -> each.letters().stream())
                .filter(this::isUnit)
                .count();
        long count = inForms + (inColumn ? 1 : 0) + (inRow ? 1 : 0);
        Polynomial scalar = Polynomial.number(Fraction.ONE);
        if (count == 1) {
            Word ones = new Word(List.of(new Letter(Atom.ones(length), false)));
            column = inColumn ? Rewriter.join(front(column), ones) : column;
            row = inRow ? Rewriter.join(ones.transpose(), back(row)) : row;
            scalar = ends.isEmpty() ? scalar : product(Rewriter.join(front(ends.get(0)), ones), Shape.SCALAR);
        } else if (count != 2) {
            return null;
        } else if (ends.size() == 1 && inForms == 2) {
            scalar = rewriter.trace(product(back(front(ends.get(0))), new Shape(length, length)));
        } else if (inColumn && inRow) {
            column = Rewriter.join(front(column), back(row));
            row = Word.EMPTY;
        } else if (inColumn) {
            column = Rewriter.join(front(column), back(ends.get(0).transpose()));
        } else if (inRow) {
            row = Rewriter.join(front(ends.get(0)), back(row));
        } else {
            scalar = product(Rewriter.join(front(ends.get(0)), back(ends.get(1).transpose())), Shape.SCALAR);
        }
        return rewriter.multiply(scalar, product(Rewriter.join(column, row), shape));
    }

    /** The product of letters, simplified; of none it is the identity. */
    private Polynomial product(Word word, Shape shape) throws NotProved {
        Polynomial product = Polynomial.of(shape, Monomial.ONE, Fraction.ONE);
        for (int i = 0; i < word.letters().size(); i++) {
            Polynomial letter = Polynomial.of(word.part(i, i + 1));
            product = i == 0 ? letter : rewriter.multiply(product, letter);
        }
        return product;
    }

    private static Word front(Word word) {
        return word.part(0, word.letters().size() - 1);
    }

    private static Word back(Word word) {
        return word.part(1, word.letters().size());
    }
}
