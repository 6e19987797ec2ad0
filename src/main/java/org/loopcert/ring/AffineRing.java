package org.loopcert.ring;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Affine forms c_0 + c_1 x_1 + ... + c_k x_k over a field. A product of two non-constant forms is a
 * {@link DegreeExceededException}: a computation that ends without one has proved that its result
 * is of degree at most one, and its coefficients decide equality for all values of the
 * indeterminates. The laws hold wherever both sides are defined.
 *
 * @param <E> the element type of the field
 */
public final class AffineRing<E> implements Ring<AffineForm<E>> {
    private final Field<E> field;
    private final List<String> indeterminates;
    private final Set<Property> properties;

    private AffineRing(Field<E> field, List<String> indeterminates) {
        this.field = field;
        this.indeterminates = indeterminates;
        EnumSet<Property> laws = EnumSet.of(Property.PARTIAL_MULTIPLICATION);
        for (Property law : List.of(
                Property.EXACT,
                Property.CANONICAL,
                Property.ADDITIVE_GROUP,
                Property.ASSOCIATIVE,
                Property.COMMUTATIVE,
                Property.DISTRIBUTIVE)) {
            if (field.has(law)) {
                laws.add(law);
            }
        }
        this.properties = Set.copyOf(laws);
    }

    /**
     * The affine forms in the named indeterminates.
     *
     * @throws IllegalArgumentException unless there is at least one name and no name occurs twice
     */
    public static <E> AffineRing<E> of(Field<E> field, List<String> indeterminates) {
        if (indeterminates.isEmpty() || new HashSet<>(indeterminates).size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected distinct indeterminates, at least one, got " + indeterminates);
        }
        return new AffineRing<>(field, List.copyOf(indeterminates));
    }

    /** The field of the coefficients. */
    public Field<E> field() {
        return field;
    }

    /** The names, in the order of the coefficients. */
    public List<String> indeterminates() {
        return indeterminates;
    }

    /** The constant form. */
    public AffineForm<E> constant(E value) {
        return new AffineForm<>(value, List.of());
    }

    /**
     * The indeterminate with an index from zero.
     *
     * @throws IndexOutOfBoundsException if there is none
     */
    public AffineForm<E> indeterminate(int index) {
        Objects.checkIndex(index, indeterminates.size());
        List<E> coefficients = new ArrayList<>();
        for (int i = 0; i < indeterminates.size(); i++) {
            coefficients.add(i == index ? field.one() : field.zero());
        }
        return new AffineForm<>(field.zero(), coefficients);
    }

    /**
     * The form with this constant and one coefficient per indeterminate.
     *
     * @throws IllegalArgumentException if the number of coefficients is another
     */
    public AffineForm<E> of(E constant, List<E> coefficients) {
        if (coefficients.size() != indeterminates.size()) {
            throw new IllegalArgumentException(
                    "expected " + indeterminates.size() + " coefficients, got " + coefficients.size());
        }
        for (E coefficient : coefficients) {
            if (!field.isZero(coefficient)) {
                return new AffineForm<>(constant, coefficients);
            }
        }
        return constant(constant);
    }

    /** The coefficient of an indeterminate, zero in a constant form. */
    public E coefficient(AffineForm<E> form, int index) {
        Objects.checkIndex(index, indeterminates.size());
        return form.isConstant() ? field.zero() : form.coefficients().get(index);
    }

    /**
     * The value where the indeterminates have the given values.
     *
     * @throws IllegalArgumentException unless there is one value per indeterminate
     */
    public E evaluate(AffineForm<E> form, List<E> values) {
        if (values.size() != indeterminates.size()) {
            throw new IllegalArgumentException("expected " + indeterminates.size() + " values, got " + values.size());
        }
        E sum = form.constant();
        for (int i = 0; i < form.coefficients().size(); i++) {
            sum = field.add(sum, field.multiply(form.coefficients().get(i), values.get(i)));
        }
        return sum;
    }

    @Override
    public String name() {
        return "affine forms in " + String.join(", ", indeterminates) + " over " + field.name();
    }

    @Override
    public Set<Property> properties() {
        return properties;
    }

    @Override
    public AffineForm<E> zero() {
        return constant(field.zero());
    }

    @Override
    public AffineForm<E> one() {
        return constant(field.one());
    }

    @Override
    public AffineForm<E> fromInteger(BigInteger value) {
        return constant(field.fromInteger(value));
    }

    @Override
    public AffineForm<E> add(AffineForm<E> left, AffineForm<E> right) {
        E constant = field.add(left.constant(), right.constant());
        if (left.isConstant()) {
            return new AffineForm<>(constant, right.coefficients());
        }
        if (right.isConstant()) {
            return new AffineForm<>(constant, left.coefficients());
        }
        List<E> coefficients = new ArrayList<>(indeterminates.size());
        for (int i = 0; i < indeterminates.size(); i++) {
            coefficients.add(
                    field.add(left.coefficients().get(i), right.coefficients().get(i)));
        }
        return of(constant, coefficients);
    }

    @Override
    public AffineForm<E> negate(AffineForm<E> element) {
        return new AffineForm<>(
                field.negate(element.constant()),
                element.coefficients().stream().map(field::negate).toList());
    }

    @Override
    public AffineForm<E> multiply(AffineForm<E> left, AffineForm<E> right) {
        if (left.isConstant() && right.isConstant()) {
            return constant(field.multiply(left.constant(), right.constant()));
        }
        if (left.isConstant()) {
            E factor = left.constant();
            return of(
                    field.multiply(factor, right.constant()),
                    right.coefficients().stream()
                            .map(c -> field.multiply(factor, c))
                            .toList());
        }
        if (right.isConstant()) {
            E factor = right.constant();
            return of(
                    field.multiply(left.constant(), factor),
                    left.coefficients().stream()
                            .map(c -> field.multiply(c, factor))
                            .toList());
        }
        throw new DegreeExceededException(show(left), show(right));
    }

    @Override
    public boolean equal(AffineForm<E> left, AffineForm<E> right) {
        if (!field.equal(left.constant(), right.constant())) {
            return false;
        }
        for (int i = 0; i < indeterminates.size(); i++) {
            if (!field.equal(coefficient(left, i), coefficient(right, i))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String show(AffineForm<E> element) {
        StringBuilder text = new StringBuilder();
        if (element.isConstant() || !field.isZero(element.constant())) {
            text.append(field.show(element.constant()));
        }
        for (int i = 0; i < element.coefficients().size(); i++) {
            E coefficient = element.coefficients().get(i);
            if (!field.isZero(coefficient)) {
                text.append(text.isEmpty() ? "" : " + ")
                        .append(field.show(coefficient))
                        .append('*')
                        .append(indeterminates.get(i));
            }
        }
        return text.toString();
    }
}
