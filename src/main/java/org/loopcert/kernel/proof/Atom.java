package org.loopcert.kernel.proof;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Blocks.BlockMatrix;

/**
 * An indivisible part of normal forms. Two atoms are equal exactly when their keys are; a key spells out what the atom
 * is made of, in a notation where names cannot contain a separator. An atom of shape 1 x 1 is a commuting scalar, any
 * other is a letter of words.
 *
 * @param symmetric whether a letter is its own transpose
 */
record Atom(Kind kind, String key, Shape shape, Object payload, boolean symmetric) implements Comparable<Atom> {
    /** What an atom denotes, and what its payload is. */
    enum Kind {
        /** A declared or bound symbol. */
        SYMBOL,
        /** A declared function at arguments in normal form. */
        APPLY,
        /** An integer variable as a real number. */
        INTEGER,
        /** A product of letters of shape 1 x 1, in the smaller of its two readings. Payload: its letters. */
        FORM,
        /** The trace of a word, in the least of its rotations and reversals. Payload: its letters. */
        TRACE,
        /** A scalar with more than one term or a number, to an exponent. Payload: the polynomial. */
        BASE,
        /** Payload of this and the next three: the argument, a polynomial. */
        EXP,
        LOG,
        SQRT,
        ABS,
        /** A norm, an extreme eigenvalue or another function of which nothing more is known. */
        FUNCTION,
        /** The sum of an expression that depends on its index. */
        SUM,
        /** A unit vector; the all-ones vector; the first columns of an identity from some row on. */
        UNIT,
        ONES,
        SELECT,
        /** An inverse. Payload: the argument, a block matrix. */
        INVERSE,
        /** A square matrix to a symbolic power. Payload: the base and the exponent. */
        POWER,
        /** Entrywise product, diagonal matrix, entrywise exponential. */
        HADAMARD,
        DIAG,
        ENTRYWISE
    }

    /** Makes the key say the kind as well. */
    Atom {
        key = kind + "(" + key + ")";
    }

    /** The payload of BASE, EXP, LOG, SQRT, ABS. */
    Polynomial polynomial() {
        return (Polynomial) payload;
    }

    /** The scalar that it denotes. */
    Polynomial value() {
        return kind == Kind.BASE ? polynomial() : Polynomial.of(this);
    }

    /** The payload of INVERSE. */
    BlockMatrix blocks() {
        return (BlockMatrix) payload;
    }

    /** The payload of POWER. */
    Power power() {
        return (Power) payload;
    }

    /** A matrix to a symbolic power. */
    record Power(Polynomial base, LinearForm exponent) {}

    /** The payload of FORM, TRACE and DIAG. */
    Word word() {
        return (Word) payload;
    }

    /** The payload of INTEGER (itself), UNIT (index), ONES (none), SELECT (offset, size). */
    List<LinearForm> forms() {
        return payload instanceof Forms forms ? forms.list() : List.of();
    }

    /** Linear forms as a payload. */
    record Forms(List<LinearForm> list) {}

    /** A root or absolute value weighs more than what it is of, so that equations replace it and not its argument. */
    BigInteger weight() {
        boolean root = kind == Kind.SQRT || kind == Kind.ABS;
        BigInteger inside = root ? polynomial().leading().degree() : BigInteger.ZERO;
        return kind == Kind.FORM ? BigInteger.valueOf(word().letters().size()) : inside.add(BigInteger.ONE);
    }

    static Atom symbol(String name, Shape shape) {
        return new Atom(Kind.SYMBOL, name + ":" + shape.rows() + ":" + shape.columns(), shape, null, false);
    }

    static Atom integer(String name) {
        return new Atom(Kind.INTEGER, name, Shape.SCALAR, new Forms(List.of(LinearForm.variable(name))), true);
    }

    static Atom unit(LinearForm size, LinearForm index) {
        Shape shape = new Shape(size, LinearForm.ONE);
        return new Atom(Kind.UNIT, size + ":" + index, shape, new Forms(List.of(index)), false);
    }

    static Atom ones(LinearForm size) {
        return new Atom(Kind.ONES, size.toString(), new Shape(size, LinearForm.ONE), null, false);
    }

    static Atom select(LinearForm total, LinearForm offset, LinearForm size) {
        String key = total + ":" + offset + ":" + size;
        return new Atom(Kind.SELECT, key, new Shape(total, size), new Forms(List.of(offset, size)), false);
    }

    /** A function of which only its name and argument are known. */
    static Atom function(Term.Kind function, String argument) {
        return new Atom(Kind.FUNCTION, function + ":" + argument, Shape.SCALAR, null, true);
    }

    boolean isNorm() {
        return key.startsWith("FUNCTION(" + Term.Kind.SPECTRAL_NORM + ":")
                || key.startsWith("FUNCTION(" + Term.Kind.NORM_INF + ":");
    }

    static Atom of(Kind kind, Polynomial payload, Shape shape, boolean symmetric) {
        return new Atom(kind, payload.key(), shape, payload, symmetric);
    }

    @Override
    public int compareTo(Atom other) {
        return key.compareTo(other.key);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Atom atom && key.equals(atom.key);
    }

    @Override
    public int hashCode() {
        return key.hashCode();
    }

    /** A letter: an atom or its transpose. */
    record Letter(Atom atom, boolean transposed) implements Comparable<Letter> {
        Letter {
            transposed = transposed && !atom.symmetric();
        }

        Shape shape() {
            return transposed ? atom.shape().transpose() : atom.shape();
        }

        Letter transpose() {
            return new Letter(atom, !transposed);
        }

        String key() {
            return atom.key() + (transposed ? "'" : "");
        }

        @Override
        public int compareTo(Letter other) {
            int order = atom.compareTo(other.atom);
            return order != 0 ? order : Boolean.compare(transposed, other.transposed);
        }
    }

    /** A product of letters. */
    record Word(List<Letter> letters) implements Comparable<Word> {
        static final Word EMPTY = new Word(List.of());

        Word {
            letters = List.copyOf(letters);
        }

        Word transpose() {
            List<Letter> reversed = new ArrayList<>();
            for (int i = letters.size() - 1; i >= 0; i--) {
                reversed.add(letters.get(i).transpose());
            }
            return new Word(reversed);
        }

        Word part(int from, int to) {
            return new Word(letters.subList(from, to));
        }

        boolean isEmpty() {
            return letters.isEmpty();
        }

        String key() {
            return letters.stream().map(Letter::key).collect(Collectors.joining("."));
        }

        @Override
        public int compareTo(Word other) {
            int order = Integer.compare(letters.size(), other.letters.size());
            for (int i = 0; order == 0 && i < letters.size(); i++) {
                order = letters.get(i).compareTo(other.letters.get(i));
            }
            return order;
        }
    }
}
