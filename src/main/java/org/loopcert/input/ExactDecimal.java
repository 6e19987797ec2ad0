package org.loopcert.input;

import ch.obermuhlner.math.big.BigRational;
import java.math.BigInteger;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.loopcert.ring.RationalField;

/**
 * Text of a number to the rational it spells, exactly: {@code 3}, {@code -0.25}, {@code 1e-3},
 * {@code .5}, {@code 5.}, {@code p/q}. The grammar is
 *
 * <pre>
 *   number   = [ "+" | "-" ] ( decimal | fraction )
 *   decimal  = ( digits [ "." [ digits ] ] | "." digits ) [ ("e" | "E") [ "+" | "-" ] digits ]
 *   fraction = digits "/" digits                        denominator not zero
 *   digits   = one or more of 0 to 9
 * </pre>
 *
 * <p>Digits and exponent are counted before anything is converted: {@code 1e2000000000} has twelve
 * characters and would need gigabytes.
 */
public final class ExactDecimal {
    /** So many digits fit a long. */
    private static final int LONG_DIGITS = 18;

    private static final Set<String> NOT_NUMBERS =
            Set.of("nan", "inf", "infinity", "na", "n/a", "null", "none", "nil", "-", "?", ".");

    /** Text that is not an exact number, or is one beyond a limit. */
    public static final class RefusedException extends IllegalArgumentException {
        private static final long serialVersionUID = 1L;
        private final transient InputException.Limit limit;
        private final String expected;
        private final String found;

        private RefusedException(InputException.Limit limit, String expected, String found) {
            super("expected " + expected + ", found " + found);
            this.limit = limit;
            this.expected = expected;
            this.found = found;
        }

        /** Whether the text is no number or only too large a one. */
        public InputException.Kind kind() {
            return limit != null ? InputException.Kind.BEYOND_LIMIT : InputException.Kind.UNREADABLE;
        }

        /** The limit that the text is beyond, if it is a number. */
        Optional<InputException.Limit> limit() {
            return Optional.ofNullable(limit);
        }

        /** What was expected. */
        public String expected() {
            return expected;
        }

        /** What was found. */
        public String found() {
            return found;
        }
    }

    private ExactDecimal() {}

    /**
     * The rational that a text spells, reduced.
     *
     * @throws RefusedException if the text is outside the grammar, or its digits or exponent exceed
     *     the limits
     */
    public static BigRational parse(String text, InputLimits limits) {
        Objects.requireNonNull(limits);
        int length = text.length();
        int at = 0;
        boolean negative = false;
        if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
            negative = text.charAt(at) == '-';
            at++;
        }
        int wholeStart = at;
        at = skipDigits(text, at);
        int wholeEnd = at;
        if (wholeEnd > wholeStart && at < length && text.charAt(at) == '/') {
            int denominatorStart = at + 1;
            int denominatorEnd = skipDigits(text, denominatorStart);
            if (denominatorEnd != length || denominatorEnd == denominatorStart) {
                throw notANumber(text);
            }
            requireDigits((wholeEnd - wholeStart) + (denominatorEnd - denominatorStart), limits);
            BigInteger denominator = integer(text, denominatorStart, denominatorEnd);
            if (denominator.signum() == 0) {
                throw unreadable("a fraction p/q with q > 0", "the denominator 0");
            }
            return signed(negative, integer(text, wholeStart, wholeEnd), denominator);
        }
        int fractionStart = at;
        int fractionEnd = at;
        if (at < length && text.charAt(at) == '.') {
            fractionStart = at + 1;
            fractionEnd = skipDigits(text, fractionStart);
            at = fractionEnd;
        }
        int digits = (wholeEnd - wholeStart) + (fractionEnd - fractionStart);
        if (digits == 0) {
            throw notANumber(text);
        }
        int exponent = 0;
        if (at < length && (text.charAt(at) == 'e' || text.charAt(at) == 'E')) {
            at++;
            boolean negativeExponent = false;
            if (at < length && (text.charAt(at) == '-' || text.charAt(at) == '+')) {
                negativeExponent = text.charAt(at) == '-';
                at++;
            }
            int exponentStart = at;
            at = skipDigits(text, at);
            if (at == exponentStart || at != length) {
                throw notANumber(text);
            }
            exponent = exponent(text, exponentStart, limits);
            if (negativeExponent) {
                exponent = -exponent;
            }
        }
        if (at != length) {
            throw notANumber(text);
        }
        requireDigits(digits, limits);
        BigInteger mantissa =
                new BigInteger(text.substring(wholeStart, wholeEnd) + text.substring(fractionStart, fractionEnd));
        if (mantissa.signum() == 0) {
            return BigRational.ZERO;
        }
        int shift = exponent - (fractionEnd - fractionStart);
        return shift >= 0
                ? signed(negative, mantissa.multiply(BigInteger.TEN.pow(shift)), BigInteger.ONE)
                : signed(negative, mantissa, BigInteger.TEN.pow(-shift));
    }

    /**
     * The digits of a plain short decimal as an integer: an optional sign, at most 18 digits, with or
     * without a point among them, and nothing else. {@link Long#MIN_VALUE} for any other text.
     */
    static long shortDigits(String text) {
        int length = text.length();
        int at = length > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        long digits = 0;
        int count = 0;
        boolean point = false;
        for (int i = at; i < length; i++) {
            int digit = text.charAt(i) - '0';
            if (digit >= 0 && digit <= 9) {
                digits = 10 * digits + digit;
                count++;
            } else if (text.charAt(i) == '.' && !point) {
                point = true;
            } else {
                return Long.MIN_VALUE;
            }
            if (count > 18) {
                return Long.MIN_VALUE;
            }
        }
        return count == 0 ? Long.MIN_VALUE : at == 1 && text.charAt(0) == '-' ? -digits : digits;
    }

    /** The canonical text of a rational: {@code p}, or {@code p/q} with q at least 2 and gcd 1. */
    public static String format(BigRational value) {
        return RationalField.INSTANCE.show(value);
    }

    /**
     * The shortest plain decimal of a rational, without exponent; empty where the decimal expansion
     * does not end.
     */
    public static Optional<String> formatDecimal(BigRational value) {
        BigRational reduced = RationalField.canonical(value);
        BigInteger denominator = reduced.getDenominatorBigInteger();
        int twos = denominator.getLowestSetBit();
        BigInteger rest = denominator.shiftRight(twos);
        BigInteger five = BigInteger.valueOf(5);
        int fives = 0;
        while (!rest.equals(BigInteger.ONE)) {
            BigInteger[] divided = rest.divideAndRemainder(five);
            if (divided[1].signum() != 0) {
                return Optional.empty();
            }
            rest = divided[0];
            fives++;
        }
        int places = Math.max(twos, fives);
        BigInteger scaled = reduced.getNumeratorBigInteger()
                .multiply(BigInteger.TEN.pow(places))
                .divide(denominator);
        String digits = scaled.abs().toString();
        StringBuilder text = new StringBuilder(scaled.signum() < 0 ? "-" : "");
        if (places == 0) {
            return Optional.of(text.append(digits).toString());
        }
        if (digits.length() <= places) {
            digits = "0".repeat(places - digits.length() + 1) + digits;
        }
        int point = digits.length() - places;
        return Optional.of(text.append(digits, 0, point)
                .append('.')
                .append(digits, point, digits.length())
                .toString());
    }

    private static int exponent(String text, int start, InputLimits limits) {
        int first = start;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        // eighteen digits fit a long, whatever they are; more are beyond any limit that makes sense
        long value = text.length() - first > 18 ? Long.MAX_VALUE : Long.parseLong(text, first, text.length(), 10);
        if (value > limits.maxExponent()) {
            throw beyond(
                    new InputException.Limit("max-digits", limits.maxExponent(), value),
                    "a decimal exponent of magnitude at most " + limits.maxExponent(),
                    "the exponent " + InputException.quote(text.substring(start)));
        }
        return (int) value;
    }

    private static int skipDigits(String text, int from) {
        int at = from;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** The value of some digits. */
    private static BigInteger integer(String text, int from, int to) {
        if (to - from > LONG_DIGITS) {
            return new BigInteger(text.substring(from, to));
        }
        long value = 0;
        for (int at = from; at < to; at++) {
            value = 10 * value + (text.charAt(at) - '0');
        }
        return BigInteger.valueOf(value);
    }

    private static BigRational signed(boolean negative, BigInteger numerator, BigInteger below) {
        return RationalField.of(negative ? numerator.negate() : numerator, below);
    }

    private static void requireDigits(int digits, InputLimits limits) {
        if (digits > limits.maxDigits()) {
            throw beyond(
                    new InputException.Limit("max-digits", limits.maxDigits(), digits),
                    "a number of at most " + limits.maxDigits() + " digits",
                    digits + " digits");
        }
    }

    private static RefusedException notANumber(String text) {
        if (text.isBlank()) {
            return unreadable("a number", "an empty entry");
        }
        if (isMissingOrNotFinite(text)) {
            return unreadable("a finite number", InputException.quote(text) + ", which is missing or not finite");
        }
        return unreadable("a number such as 3, -0.25, 1e-3 or 5/7", InputException.quote(text));
    }

    /** Whether a text is one of the usual words for a missing, infinite or undefined value. */
    static boolean isMissingOrNotFinite(String text) {
        boolean signed = text.length() > 1 && (text.charAt(0) == '-' || text.charAt(0) == '+');
        return NOT_NUMBERS.contains((signed ? text.substring(1) : text).toLowerCase(Locale.ROOT));
    }

    private static RefusedException unreadable(String expected, String found) {
        return new RefusedException(null, expected, found);
    }

    private static RefusedException beyond(InputException.Limit limit, String expected, String found) {
        return new RefusedException(limit, expected, found);
    }
}
