package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Atom.Kind;
import org.loopcert.kernel.proof.Atom.Letter;
import org.loopcert.kernel.proof.Atom.Word;

/**
 * The sum of a normal form over an index from 0 to length - 1. What does not depend on the index comes out; over all
 * unit vectors of a space, the sum of e e' is the identity and the sum of e is the all-ones vector.
 */
final class IndexSums {
    private final Rewriter rewriter;
    private final Signs signs;
    private final String index;
    private final LinearForm length;

    IndexSums(Rewriter rewriter, Signs signs, String index, LinearForm length) {
        this.rewriter = rewriter;
        this.signs = signs;
        this.index = index;
        this.length = length;
    }

    BlockMatrix sum(BlockMatrix body) throws NotProved {
        return BlockMatrix.of(body.heights(), body.widths(), (i, j) -> sum(body.get(i, j)));
    }

    private Polynomial sum(Polynomial body) throws NotProved {
        Polynomial sum = Polynomial.zero(body.shape());
        for (Map.Entry<Monomial, Fraction> each : body.terms().entrySet()) {
            sum = sum.add(sum(each.getKey(), body.shape()).scale(each.getValue()));
        }
        return sum;
    }

    /** Names of bound indices begin with a sign that no other name holds, and there are at most nine. */
    private boolean depends(String key) {
        return key.contains(index);
    }

    private Polynomial sum(Monomial monomial, Shape shape) throws NotProved {
        SortedMap<Atom, LinearForm> outside = new TreeMap<>();
        SortedMap<Atom, LinearForm> inside = new TreeMap<>();
        List<Word> forms = new ArrayList<>();
        boolean open = false;
        for (Map.Entry<Atom, LinearForm> each : monomial.powers().entrySet()) {
            boolean dependent =
                    depends(each.getKey().key()) || each.getValue().variables().contains(index);
            (dependent ? inside : outside).put(each.getKey(), each.getValue());
            if (dependent) {
                boolean countable = each.getKey().kind() == Kind.FORM
                        && each.getValue().isConstant()
                        && each.getValue().constant().signum() > 0
                        && each.getValue().constant().compareTo(BigInteger.TWO) <= 0
                        && onlyUnits(each.getKey().word());
                open |= !countable;
                for (int i = 0; countable && i < each.getValue().constant().intValueExact(); i++) {
                    forms.add(each.getKey().word());
                }
            }
        }
        Polynomial scalars = Polynomial.of(Shape.SCALAR, new Monomial(outside, Word.EMPTY), Fraction.ONE);
        Word word = monomial.word();
        if (inside.isEmpty() && !depends(word.key())) {
            Polynomial rest = Polynomial.of(shape, Monomial.ONE.withWord(word), Fraction.ONE);
            return rewriter.multiply(rewriter.multiply(scalars, Polynomial.integer(length)), rest);
        }
        if (!open && onlyUnits(word)) {
            Polynomial contracted = contract(forms, word, shape);
            if (contracted != null) {
                return rewriter.multiply(scalars, contracted);
            }
        }
        return rewriter.multiply(scalars, unknown(inside, word, shape));
    }

    /** A sum of which nothing more is known. */
    private Polynomial unknown(SortedMap<Atom, LinearForm> inside, Word word, Shape shape) throws NotProved {
        boolean wordDepends = depends(word.key());
        Monomial summand = new Monomial(inside, wordDepends ? word : Word.EMPTY);
        String key = index + ":" + length + ":" + summand.key();
        Atom atom = new Atom(Kind.SUM, key, wordDepends ? shape : Shape.SCALAR, null, false);
        Polynomial rest = Polynomial.of(shape, Monomial.ONE.withWord(wordDepends ? Word.EMPTY : word), Fraction.ONE);
        return wordDepends ? Polynomial.of(atom) : rewriter.multiply(Polynomial.of(atom), rest);
    }

    /** Whether the letters that depend on the index are the unit vectors of a space, over all of it. */
    private boolean onlyUnits(Word word) {
        return word.letters().stream().allMatch(each -> !depends(each.key()) || isUnit(each));
    }

    private boolean isUnit(Letter letter) {
        if (letter.atom().kind() != Kind.UNIT) {
            return false;
        }
        LinearForm first = letter.atom().forms().get(0).subtract(LinearForm.variable(index));
        return first.isOne() && letter.atom().shape().rows().equals(length);
    }

    private boolean endsWithUnit(Word piece) {
        Letter last = piece.letters().get(piece.letters().size() - 1);
        return !last.transposed() && isUnit(last);
    }

    private boolean startsWithUnit(Word piece) {
        return endsWithUnit(piece.transpose());
    }

    private int count(Word piece) {
        return (int) piece.letters().stream().filter(this::isUnit).count();
    }

    /** The sum of a product with one or two unit vectors in it; null where there are more. */
    private Polynomial contract(List<Word> forms, Word word, Shape shape) throws NotProved {
        Word[] outer = split(word, shape);
        int inWord = count(word);
        int total = inWord + forms.stream().mapToInt(this::count).sum();
        Polynomial unit = Polynomial.number(Fraction.ONE);
        if (total == 1) {
            Word changed = ones(inWord == 1 ? word : forms.get(0));
            return inWord == 1
                    ? product(changed, shape)
                    : rewriter.multiply(product(changed, Shape.SCALAR), product(word, shape));
        }
        if (total != 2) {
            return null;
        }
        if (inWord == 2) {
            // A e e' B
            return endsWithUnit(outer[0]) && startsWithUnit(outer[1])
                    ? product(join(front(outer[0]), back(outer[1])), shape)
                    : null;
        }
        if (inWord == 1) {
            Word form = forms.get(0);
            if (endsWithUnit(outer[0])) {
                Word begins = startsWithUnit(form) ? form : form.transpose();
                return product(join(join(front(outer[0]), back(begins)), outer[1]), shape);
            }
            Word ends = endsWithUnit(form) ? form : form.transpose();
            return product(join(outer[0], join(front(ends), back(outer[1]))), shape);
        }
        if (forms.size() == 1) {
            // e' A e
            Word middle = back(front(forms.get(0)));
            LinearForm size = length;
            unit = rewriter.trace(product(middle, new Shape(size, size)));
        } else {
            Word ends = endsWithUnit(forms.get(0)) ? forms.get(0) : forms.get(0).transpose();
            Word begins =
                    startsWithUnit(forms.get(1)) ? forms.get(1) : forms.get(1).transpose();
            unit = product(join(front(ends), back(begins)), Shape.SCALAR);
        }
        return rewriter.multiply(unit, product(word, shape));
    }

    /** The column and the row of a word, one of them empty where it is a single piece with a row or column of length one. */
    private Word[] split(Word word, Shape shape) {
        for (int i = 1; i < word.letters().size(); i++) {
            if (word.letters().get(i).shape().rows().isOne()) {
                return new Word[] {word.part(0, i), word.part(i, word.letters().size())};
            }
        }
        boolean row = shape.rows().isOne();
        return new Word[] {row ? Word.EMPTY : word, row ? word : Word.EMPTY};
    }

    private Word ones(Word word) {
        List<Letter> letters = new ArrayList<>();
        for (Letter each : word.letters()) {
            letters.add(isUnit(each) ? new Letter(Atom.ones(length), each.transposed()) : each);
        }
        return new Word(letters);
    }

    private Polynomial product(Word word, Shape shape) throws NotProved {
        Polynomial product = null;
        for (Letter each : word.letters()) {
            Polynomial letter = Rewriter.letter(each.atom(), each.transposed());
            product = product == null ? letter : rewriter.multiply(product, letter);
        }
        if (product != null) {
            return product;
        }
        return Polynomial.of(shape, Monomial.ONE, Fraction.ONE);
    }

    private static Word join(Word first, Word second) {
        List<Letter> letters = new ArrayList<>(first.letters());
        letters.addAll(second.letters());
        return new Word(letters);
    }

    private static Word front(Word word) {
        return word.part(0, word.letters().size() - 1);
    }

    private static Word back(Word word) {
        return word.part(1, word.letters().size());
    }
}
