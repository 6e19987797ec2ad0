package org.loopcert.ring;

/**
 * Two non-constant affine forms were multiplied: the product may have degree two and is no affine
 * form. A statement about the computation, not a fault of the program.
 */
public final class DegreeExceededException extends ArithmeticException {
    private static final long serialVersionUID = 1L;

    private final String left;
    private final String right;

    /** The product that left the affine forms, both factors in exact notation. */
    public DegreeExceededException(String left, String right) {
        super("degree two: expected a constant factor, got (" + left + ") * (" + right + ")");
        this.left = left;
        this.right = right;
    }

    /** The left factor. */
    public String left() {
        return left;
    }

    /** The right factor. */
    public String right() {
        return right;
    }
}
