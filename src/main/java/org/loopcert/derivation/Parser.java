package org.loopcert.derivation;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.derivation.Syntax.Expr;
import org.loopcert.kernel.Fraction;
import org.loopcert.kernel.proof.Formula.Relation;

/** Terms, spaces and formulas of a derivation; the statements are read by {@link FileParser}. */
class Parser {
    static final int MAX_NESTING = 150;
    private static final int MAX_DEPTH = 400;
    static final int MAX_BLOCKS = 100;
    private static final int MAX_QUANTIFIERS = 20;
    private static final int MAX_OPERANDS = 500;
    private static final int MAX_VARIABLES = 50;
    private static final int MAX_RELATIONS = 20;

    static final Set<String> FUNCTIONS = Set.of(
            "exp",
            "log",
            "sqrt",
            "abs",
            "norm",
            "norm_inf",
            "specnorm",
            "spectral_norm",
            "tr",
            "trace",
            "inv",
            "diag",
            "exp_entrywise",
            "lambda_max",
            "lambda_min",
            "λ_max",
            "λ_min");

    /** Words that no symbol can have as a name. */
    static final Set<String> RESERVED = Set.of(
            "o",
            "in",
            "by",
            "with",
            "for",
            "all",
            "sum",
            "is",
            "invertible",
            "symmetric",
            "proof",
            "qed",
            "have",
            "base",
            "step",
            "∀");

    private static final Set<String> OPENING = Set.of("(", "[", "<", "⟨", "|", "||", "-");

    private static final Map<String, Relation> RELATIONS = Map.of(
            "=", Relation.EQUAL,
            "<=", Relation.AT_MOST,
            "<", Relation.BELOW,
            ">=", Relation.AT_MOST,
            ">", Relation.BELOW,
            "!=", Relation.DIFFERENT,
            "<<=", Relation.LOEWNER,
            ">>=", Relation.LOEWNER);

    final Tokens tokens;
    int at;
    /** Whether a line that begins with an operand begins a new term. */
    boolean lines;

    /** Names ending in * or ~ that are declared. */
    private final Set<String> starred = new HashSet<>();
    /** Declared names: whether they take arguments. */
    private final Map<String, Boolean> declared = new HashMap<>();

    private final Map<Expr, Integer> depths = new IdentityHashMap<>();
    private final Deque<String> open = new ArrayDeque<>();
    private boolean inDimensions;
    private int nesting;
    private int quantifiers;

    Parser(Tokens tokens) {
        this.tokens = tokens;
    }

    final Token here() {
        return tokens.get(at);
    }

    private Token next() {
        return tokens.get(at + 1);
    }

    final Token take() {
        Token token = here();
        at++;
        return token;
    }

    final boolean accept(String sign) {
        if (here().is(sign)) {
            at++;
            return true;
        }
        return false;
    }

    final boolean acceptWord(String word) {
        if (here().isWord(word)) {
            at++;
            return true;
        }
        return false;
    }

    final Token expect(String sign) throws DerivationSyntaxException {
        if (!here().is(sign)) {
            throw wrong("`" + sign + "`");
        }
        return take();
    }

    final DerivationSyntaxException wrong(String expected) {
        return wrong(here(), expected);
    }

    static DerivationSyntaxException wrong(Token token, String expected) {
        return new DerivationSyntaxException(token.place(), expected, token.shown());
    }

    final void declare(String name, boolean takesArguments) {
        declared.put(name, takesArguments);
        if (name.endsWith("*") || name.endsWith("~")) {
            starred.add(name);
        }
    }

    /** Forgets brackets left open by an error. */
    final void reset() {
        open.clear();
        nesting = 0;
        quantifiers = 0;
        inDimensions = false;
        lines = false;
        depths.clear();
    }

    /** A name being declared; it may end in * or ~. */
    final String newName(String what) throws DerivationSyntaxException {
        Token token = here();
        if (token.kind() != Token.Kind.NAME) {
            throw wrong(what);
        }
        if (RESERVED.contains(token.text()) || Tokens.STATEMENTS.contains(token.text())) {
            throw new DerivationSyntaxException(token.place(), what, "`" + token.text() + "`, a word of the language");
        }
        at++;
        boolean star = here().is("*") || here().is("~");
        if (star && !here().spaced()) {
            return token.text() + take().text();
        }
        if (here().is("^") && next().is("*")) {
            at += 2;
            return token.text() + "*";
        }
        return token.text();
    }

    private <E extends Expr> E made(E node, Expr... parts) throws DerivationSyntaxException {
        return made(node, List.of(parts));
    }

    /** Bounds the height of the tree, so that walks over it need little stack. */
    private <E extends Expr> E made(E node, List<? extends Expr> parts) throws DerivationSyntaxException {
        int depth = 0;
        for (Expr each : parts) {
            depth = Math.max(depth, depths.getOrDefault(each, 0));
        }
        if (depth >= MAX_DEPTH) {
            throw tooDeep(node.place());
        }
        depths.put(node, depth + 1);
        return node;
    }

    final void requireFew(int count, int limit, String what) throws DerivationSyntaxException {
        if (count > limit) {
            throw new DerivationSyntaxException(here().place(), "at most " + limit + " " + what, "more");
        }
    }

    private static DerivationSyntaxException tooDeep(Place place) {
        return new DerivationSyntaxException(
                place, "nesting of at most " + MAX_NESTING + " levels", "a deeper one; define a part of it first");
    }

    private void enter(Token bracket) throws DerivationSyntaxException {
        if (++nesting > MAX_NESTING) {
            throw tooDeep(bracket.place());
        }
        open.push(bracket.text());
    }

    private void leave() {
        nesting--;
        open.pop();
    }

    // ---------------------------------------------------------------- terms

    /** A sum; the whole of a term. */
    final Expr term() throws DerivationSyntaxException {
        Place place = here().place();
        boolean minus = accept("-");
        List<Expr> summands = new ArrayList<>();
        summands.add(entrywise(minus, place));
        while (here().is("+") || here().is("-")) {
            requireFew(summands.size(), MAX_OPERANDS, "summands");
            boolean negative = take().is("-");
            summands.add(entrywise(negative, here().place()));
        }
        return summands.size() == 1 ? summands.get(0) : made(new Syntax.Sum(place, summands), summands);
    }

    private Expr entrywise(boolean minus, Place place) throws DerivationSyntaxException {
        Expr left = product(minus, place);
        while (acceptWord("o")) {
            Expr right = product(false, here().place());
            left = made(new Syntax.Entrywise(place, left, right), left, right);
        }
        return left;
    }

    private Expr product(boolean negative, Place place) throws DerivationSyntaxException {
        boolean minus = negative;
        boolean divided = false;
        int start = at;
        int divisorStart = at;
        List<Expr> factors = new ArrayList<>(List.of(postfix()));
        while (true) {
            requireFew(factors.size(), MAX_OPERANDS, "factors");
            if (accept("*")) {
                factors.add(postfix());
                divided = false;
            } else if (here().is("/")) {
                at++;
                divisorStart = at;
                Expr dividend = wrap(minus, factors, place);
                Expr divisor = postfix();
                Expr quotient = made(new Syntax.Quotient(place, dividend, divisor), dividend, divisor);
                minus = false;
                factors = new ArrayList<>(List.of(quotient));
                divided = true;
            } else if (startsOperand()) {
                if (divided) {
                    throw ambiguous(start, divisorStart);
                }
                factors.add(postfix());
            } else {
                return wrap(minus, factors, place);
            }
        }
    }

    /** a/b c is read either way by readers; both readings are shown. */
    private DerivationSyntaxException ambiguous(int start, int divisorStart) throws DerivationSyntaxException {
        Token factor = here();
        String dividend = tokens.text(start, divisorStart - 1);
        String divisor = tokens.text(divisorStart, at);
        int from = at;
        postfix();
        String text = tokens.text(from, at);
        return new DerivationSyntaxException(
                factor.place(),
                "brackets that say whether (" + dividend + "/" + divisor + ") " + text + " or " + dividend + "/("
                        + divisor + " " + text + ") is meant",
                "the factor `" + text + "` after a division");
    }

    private Expr wrap(boolean minus, List<Expr> factors, Place place) throws DerivationSyntaxException {
        return !minus && factors.size() == 1
                ? factors.get(0)
                : made(new Syntax.Product(place, minus, List.copyOf(factors)), factors);
    }

    /** Whether a factor follows without a sign. */
    private boolean startsOperand() {
        Token token = here();
        boolean begins = lines || token.place().column() == 1;
        if (token.first() && begins && open.isEmpty()) {
            return false;
        }
        return switch (token.kind()) {
            case NUMBER -> true;
            case NAME -> !endsTerm(token);
            case SIGN ->
                switch (token.text()) {
                    case "(", "[", "⟨" -> true;
                    case "|", "||" -> !closesBar(token);
                    default -> false;
                };
            default -> false;
        };
    }

    private boolean endsTerm(Token token) {
        if (token.text().equals("sum")) {
            return false;
        }
        boolean separator = inDimensions && token.text().equals("x");
        boolean statement = token.first() && Tokens.STATEMENTS.contains(token.text());
        return separator || statement || RESERVED.contains(token.text());
    }

    /** In |a |b|| the bar after a space and before none opens. */
    private boolean closesBar(Token token) {
        String top = open.isEmpty() ? "" : open.peek();
        boolean twice = token.is("||") || next().is("|") && next().start() == token.end();
        boolean fits = top.equals("|") || top.equals("||") && twice;
        Token behind = next();
        boolean operand = behind.kind() == Token.Kind.NAME
                || behind.kind() == Token.Kind.NUMBER
                || behind.kind() == Token.Kind.SIGN && OPENING.contains(behind.text());
        boolean opens = token.spaced() && !behind.spaced() && operand;
        return fits && !opens;
    }

    private Expr postfix() throws DerivationSyntaxException {
        Place place = here().place();
        Expr base = operand();
        while (true) {
            Token token = here();
            if (accept("'")) {
                base = made(new Syntax.Transpose(place, base), base);
            } else if (token.is("^")) {
                at++;
                base = raised(base, place);
            } else if (token.is("[") && !token.spaced() && isSlice()) {
                base = slice(base, place, "]");
            } else if (token.is("_") && !token.spaced()) {
                at++;
                base = subscript(base, place);
            } else {
                return base;
            }
        }
    }

    /** Behind ^. */
    private Expr raised(Expr base, Place place) throws DerivationSyntaxException {
        if (accept("'")) {
            return made(new Syntax.Transpose(place, base), base);
        }
        Token token = here();
        if (token.is("{")) {
            if (next().is("'") && tokens.get(at + 2).is("}")) {
                at += 3;
                return made(new Syntax.Transpose(place, base), base);
            }
            Expr exponent = bracketed("}");
            return made(new Syntax.Power(place, base, exponent), base, exponent);
        }
        if (token.is("(")) {
            Expr exponent = operand();
            return made(new Syntax.Power(place, base, exponent), base, exponent);
        }
        boolean minus = accept("-");
        Expr exponent;
        if (here().kind() == Token.Kind.NUMBER) {
            exponent = number();
        } else if (here().kind() == Token.Kind.NAME && !minus && !RESERVED.contains(here().text())) {
            exponent = new Syntax.Name(here().place(), take().text());
        } else {
            throw wrong("an exponent such as 2, t or {t+1}");
        }
        if (minus) {
            exponent = made(new Syntax.Product(token.place(), true, List.of(exponent)), exponent);
        }
        boolean inverse = minus && (next().is("{") || next().is("-"));
        if (here().is("^") && !next().is("'") && !inverse) {
            throw new DerivationSyntaxException(
                    here().place(), "brackets that say which power is taken first", "a second `^`");
        }
        return made(new Syntax.Power(place, base, exponent), base, exponent);
    }

    /** [a, b; c, d] and [[a, b], ...] behind an operand are factors; [1:2, 3] and v[i] are slices. */
    private boolean isSlice() {
        Token before = tokens.get(at - 1);
        if (tokens.hasInside(at, ":")) {
            return true;
        }
        return !tokens.hasInside(at, ";") && !before.is("]") && !next().is("[");
    }

    private Expr subscript(Expr base, Place place) throws DerivationSyntaxException {
        if (here().is("{")) {
            return slice(base, place, "}");
        }
        if (here().kind() == Token.Kind.NUMBER || here().kind() == Token.Kind.NAME) {
            Token token = here();
            Expr index = token.kind() == Token.Kind.NUMBER ? number() : new Syntax.Name(token.place(), take().text());
            return made(
                    new Syntax.Slice(place, base, List.of(new Syntax.Range(token.place(), index, index))), base, index);
        }
        throw wrong("an index such as i or {i, j}");
    }

    private Expr slice(Expr base, Place place, String closing) throws DerivationSyntaxException {
        enter(take());
        List<Syntax.Range> ranges = new ArrayList<>();
        List<Expr> parts = new ArrayList<>(List.of(base));
        do {
            Place start = here().place();
            if (accept(":")) {
                ranges.add(new Syntax.Range(start, null, null));
                continue;
            }
            Expr from = term();
            Expr to = accept(":") ? term() : from;
            parts.add(from);
            parts.add(to);
            ranges.add(new Syntax.Range(start, from, to));
        } while (accept(","));
        if (ranges.size() > 2) {
            throw new DerivationSyntaxException(
                    ranges.get(2).place(), "at most rows and columns", ranges.size() + " indices");
        }
        expect(closing);
        leave();
        return made(new Syntax.Slice(place, base, ranges), parts);
    }

    private Expr bracketed(String closing) throws DerivationSyntaxException {
        enter(take());
        Expr inner = term();
        expect(closing);
        leave();
        return inner;
    }

    private Expr number() {
        Token token = take();
        BigDecimal value = new BigDecimal(token.text());
        return new Syntax.Num(
                token.place(), Fraction.of(value.unscaledValue(), BigInteger.TEN.pow(Math.max(value.scale(), 0))));
    }

    private Expr operand() throws DerivationSyntaxException {
        Token token = here();
        switch (token.kind()) {
            case NUMBER -> {
                boolean literal = token.text().equals("0") || token.text().equals("1");
                if (literal && next().is("_") && !next().spaced()) {
                    at += 2;
                    return sized(token.place(), token.text());
                }
                return number();
            }
            case NAME -> {
                return named();
            }
            case SIGN -> {
                switch (token.text()) {
                    case "(" -> {
                        return paren();
                    }
                    case "[" -> {
                        return blocks();
                    }
                    case "<", "⟨" -> {
                        return inner();
                    }
                    case "|", "||" -> {
                        return bars();
                    }
                    default -> throw wrong("a term");
                }
            }
            default -> throw wrong("a term");
        }
    }

    private Expr named() throws DerivationSyntaxException {
        Token token = here();
        if (token.text().equals("sum") || token.text().equals("Σ") && isIndexSum()) {
            return indexSum();
        }
        boolean separator = inDimensions && token.text().equals("x");
        if (separator || RESERVED.contains(token.text()) || tokens.startsStatement(at)) {
            throw wrong("a term");
        }
        at++;
        String name = token.text();
        if (!here().spaced() && (here().is("*") || here().is("~")) && starred.contains(name + here().text())) {
            name += take().text();
        } else if (here().is("^") && next().is("*") && starred.contains(name + "*")) {
            at += 2;
            name += "*";
        } else if (!here().spaced() && here().is("~")) {
            throw new DerivationSyntaxException(token.place(), "a declared name", "`" + name + "~`");
        }
        boolean literal = (name.equals("I") || name.equals("e")) && !declared.containsKey(name);
        if (literal && here().is("_") && !here().spaced()) {
            at++;
            return sized(token.place(), name);
        }
        boolean unknown = !declared.containsKey(name) && !FUNCTIONS.contains(name) && !here().spaced();
        boolean callable = declared.getOrDefault(name, FUNCTIONS.contains(name) || unknown);
        if (callable && here().is("(")) {
            return call(token.place(), name);
        }
        return new Syntax.Name(token.place(), name);
    }

    private boolean isIndexSum() {
        return next().is("_")
                && tokens.get(at + 2).is("{")
                && tokens.get(at + 4).is("=");
    }

    private Expr call(Place place, String name) throws DerivationSyntaxException {
        enter(take());
        List<Expr> arguments = new ArrayList<>();
        if (!here().is(")")) {
            do {
                arguments.add(term());
            } while (accept(",") || accept(";"));
        }
        expect(")");
        leave();
        return made(new Syntax.Call(place, name, arguments), arguments);
    }

    private Expr paren() throws DerivationSyntaxException {
        Place place = here().place();
        enter(take());
        Expr inner = term();
        if (here().is(",") || here().is(";")) {
            throw new DerivationSyntaxException(
                    here().place(),
                    "`)` for the `(` opened at " + place,
                    here().shown() + "; a column is written [a; b], and only functions take several arguments");
        }
        expect(")");
        leave();
        return made(new Syntax.Paren(place, inner), inner);
    }

    private Expr inner() throws DerivationSyntaxException {
        Token opening = here();
        String closing = opening.is("<") ? ">" : "⟩";
        enter(take());
        Expr left = term();
        expect(",");
        Expr right = term();
        if (!acceptFirst(closing)) {
            throw wrong("`" + closing + "` for the " + opening.shown() + " opened at " + opening.place());
        }
        leave();
        return made(new Syntax.Inner(opening.place(), left, right), left, right);
    }

    /** Takes a sign, also as the beginning of a longer one: in {@code <x, y>>= 0} stand > and >=. */
    private boolean acceptFirst(String sign) {
        return accept(sign) || tokens.takeHead(at, sign);
    }

    private Expr bars() throws DerivationSyntaxException {
        Token opening = take();
        enter(opening);
        Expr inner = term();
        boolean parts = opening.is("||") && here().is("|") && next().is("|") && next().start() == here().end();
        if (parts) {
            at += 2;
        } else if (!acceptFirst(opening.text())) {
            throw wrong("`" + opening.text() + "` for the " + opening.shown() + " opened at " + opening.place());
        }
        leave();
        String suffix = "";
        if (here().is("_") && !here().spaced()) {
            at++;
            boolean braces = accept("{");
            Token token = take();
            suffix = token.text();
            if (!Set.of("1", "2", "inf", "F").contains(suffix)) {
                throw wrong(token, "a norm: 1, 2, inf or F");
            }
            if (braces) {
                expect("}");
            }
        }
        return made(new Syntax.Bars(opening.place(), opening.is("||"), suffix, inner), inner);
    }

    /** Behind the underscore of 0_, 1_, I_, e_. */
    private Expr sized(Place place, String what) throws DerivationSyntaxException {
        List<Expr> sizes = new ArrayList<>();
        if (here().is("{")) {
            enter(take());
            boolean outer = inDimensions;
            inDimensions = true;
            do {
                sizes.add(term());
            } while (accept(",") || accept("×") || acceptWord("x"));
            inDimensions = outer;
            expect("}");
            leave();
        } else if (here().kind() == Token.Kind.NUMBER) {
            sizes.add(number());
        } else if (here().kind() == Token.Kind.NAME && !RESERVED.contains(here().text())) {
            sizes.add(new Syntax.Name(here().place(), take().text()));
        } else {
            throw wrong("a size such as n or {n x d}");
        }
        if (sizes.size() > 2) {
            throw new DerivationSyntaxException(place, "one or two sizes", sizes.size() + " sizes");
        }
        return made(new Syntax.Sized(place, what, sizes), sizes);
    }

    private Expr indexSum() throws DerivationSyntaxException {
        Place place = take().place();
        expect("_");
        enter(expect("{"));
        String index = newName("the index of the sum");
        expect("=");
        Expr from = term();
        expect("}");
        leave();
        expect("^");
        Expr to;
        if (here().is("{")) {
            to = bracketed("}");
        } else if (here().kind() == Token.Kind.NUMBER) {
            to = new Syntax.Num(here().place(), Fraction.of(new BigInteger(take().text())));
        } else if (here().kind() == Token.Kind.NAME && !RESERVED.contains(here().text())) {
            to = new Syntax.Name(here().place(), take().text());
        } else {
            throw wrong("the upper end of the sum");
        }
        if (++nesting > MAX_NESTING) {
            throw tooDeep(place);
        }
        boolean known = declared.containsKey(index);
        declared.putIfAbsent(index, false);
        // the body may stand on the next line
        Place start = here().place();
        Expr body = entrywise(accept("-"), start);
        if (!known) {
            declared.remove(index);
        }
        nesting--;
        return made(new Syntax.IndexSum(place, index, from, to, body), from, to, body);
    }

    private Expr blocks() throws DerivationSyntaxException {
        Place place = here().place();
        enter(take());
        List<List<Expr>> rows = new ArrayList<>();
        List<Expr> all = new ArrayList<>();
        do {
            List<Expr> row = new ArrayList<>();
            do {
                row.add(term());
            } while (accept(","));
            rows.add(row);
            all.addAll(row);
        } while (accept(";"));
        expect("]");
        leave();
        boolean nested = rows.size() == 1
                && rows.get(0).stream()
                        .allMatch(each -> each instanceof Syntax.Blocks blocks
                                && blocks.rows().size() == 1);
        if (nested) {
            rows = rows.get(0).stream()
                    .map(each -> ((Syntax.Blocks) each).rows().get(0))
                    .toList();
        }
        int width = rows.get(0).size();
        for (List<Expr> row : rows) {
            if (row.size() != width) {
                throw new DerivationSyntaxException(
                        row.get(0).place(), width + " blocks in this row, as in the first", String.valueOf(row.size()));
            }
        }
        if (rows.size() > MAX_BLOCKS || width > MAX_BLOCKS) {
            throw new DerivationSyntaxException(
                    place, "at most " + MAX_BLOCKS + " rows and columns of blocks", rows.size() + " rows of " + width);
        }
        return made(new Syntax.Blocks(place, rows), all);
    }

    // ---------------------------------------------------------------- spaces and formulas

    /** R, R^n, R^{n x d}, or N. */
    final Syntax.Space space() throws DerivationSyntaxException {
        Token token = here();
        if (acceptWord("N")) {
            return new Syntax.Space(token.place(), true, null, null);
        }
        if (!acceptWord("R")) {
            throw wrong("a space such as R, R^d or R^{n x d}");
        }
        if (!accept("^")) {
            return new Syntax.Space(token.place(), false, null, null);
        }
        boolean outer = inDimensions;
        inDimensions = true;
        Expr rows;
        Expr columns = null;
        if (here().is("{") || here().is("(")) {
            String closing = here().is("{") ? "}" : ")";
            enter(take());
            rows = term();
            if (accept("×") || acceptWord("x") || accept(",")) {
                columns = term();
            }
            expect(closing);
            leave();
        } else if (here().kind() == Token.Kind.NUMBER) {
            rows = number();
        } else if (here().kind() == Token.Kind.NAME && !RESERVED.contains(here().text())) {
            rows = new Syntax.Name(here().place(), take().text());
        } else {
            throw wrong("a size such as n or {n x d}");
        }
        inDimensions = outer;
        return new Syntax.Space(token.place(), false, rows, columns);
    }

    final Optional<Syntax.Sign> relation() {
        Token token = here();
        Relation relation = token.kind() == Token.Kind.SIGN ? RELATIONS.get(token.text()) : null;
        if (relation == null) {
            return Optional.empty();
        }
        at++;
        return Optional.of(new Syntax.Sign(token.place(), relation, token.text().startsWith(">")));
    }

    /**
     * A formula.
     *
     * @param chained whether several relations may follow each other
     */
    final Syntax.Claim formula(boolean chained) throws DerivationSyntaxException {
        if (++quantifiers > MAX_QUANTIFIERS) {
            throw tooDeep(here().place());
        }
        Place place = here().place();
        Syntax.Claim claim;
        if (acceptWord("∀")) {
            claim = forAll(place, chained);
        } else if (acceptWord("for")) {
            if (!acceptWord("all")) {
                throw wrong("`all`");
            }
            claim = forAll(place, chained);
        } else {
            claim = plain(place, chained);
        }
        quantifiers--;
        return claim;
    }

    private Syntax.Claim plain(Place place, boolean chained) throws DerivationSyntaxException {
        Expr left = term();
        acceptWord("is");
        if (here().isWord("invertible") || here().isWord("symmetric")) {
            return new Syntax.Property(place, left, take().text());
        }
        List<Expr> terms = new ArrayList<>(List.of(left));
        List<Syntax.Sign> signs = new ArrayList<>();
        Optional<Syntax.Sign> sign = relation();
        if (sign.isEmpty()) {
            throw wrong("a relation such as = or <=, `invertible` or `symmetric`");
        }
        while (sign.isPresent()) {
            if (!chained && !signs.isEmpty()) {
                throw new DerivationSyntaxException(
                        sign.get().place(),
                        "one relation; further steps belong between `proof` and `qed`",
                        "a second relation");
            }
            requireFew(signs.size(), MAX_RELATIONS, "relations in one comparison");
            signs.add(sign.get());
            terms.add(term());
            sign = relation();
        }
        return new Syntax.Comparison(place, terms, signs);
    }

    private Syntax.Claim forAll(Place place, boolean chained) throws DerivationSyntaxException {
        List<Syntax.Bound> variables = new ArrayList<>();
        List<Syntax.Claim> conditions = new ArrayList<>();
        boolean binding = true;
        do {
            binding = binding && startsBinding();
            if (!binding && variables.isEmpty()) {
                throw wrong("variables such as t >= 0 or u in R^d after `for all`");
            }
            requireFew(variables.size() + conditions.size(), MAX_VARIABLES, "variables and conditions");
            if (binding) {
                binding(variables, conditions);
            } else {
                conditions.add(formula(false));
            }
            if (here().isWord("with")) {
                binding = false;
            }
        } while (accept(",") || acceptWord("with"));
        expect(":");
        Syntax.Claim body = formula(chained);
        return new Syntax.ForAll(place, variables, conditions, body);
    }

    /** name in, name >=, name, name, 0 <= name. */
    private boolean startsBinding() {
        if (here().kind() == Token.Kind.NUMBER) {
            return (next().is("<=") || next().is("<")) && tokens.get(at + 2).kind() == Token.Kind.NAME;
        }
        int behind = at + 1;
        if (tokens.get(behind).is("*") || tokens.get(behind).is("~")) {
            behind++;
        } else if (tokens.get(behind).is("^") && tokens.get(behind + 1).is("*")) {
            behind += 2;
        }
        Token token = tokens.get(behind);
        return here().kind() == Token.Kind.NAME
                && !RESERVED.contains(here().text())
                && (token.isWord("in") || token.is(",") || token.is(">=") || token.is(">") || token.is(":"));
    }

    private void binding(List<Syntax.Bound> variables, List<Syntax.Claim> conditions) throws DerivationSyntaxException {
        Place place = here().place();
        if (here().kind() == Token.Kind.NUMBER) {
            long lower = bound();
            lower += take().is("<") ? 1 : 0;
            place = here().place();
            String name = newName("an integer variable");
            declare(name, false);
            variables.add(new Syntax.Bound(place, name, null, lower));
            if (here().is("<=") || here().is("<")) {
                upper(place, name, conditions);
            }
            return;
        }
        List<Syntax.Bound> names = new ArrayList<>();
        do {
            Place start = here().place();
            String name = newName("a variable");
            declare(name, false);
            names.add(new Syntax.Bound(start, name, null, 0));
            requireFew(names.size(), MAX_VARIABLES, "variables");
        } while (accept(","));
        if (here().is(">=") || here().is(">")) {
            long more = take().is(">") ? 1 : 0;
            long lower = bound() + more;
            names.forEach(each -> variables.add(new Syntax.Bound(each.place(), each.name(), null, lower)));
            return;
        }
        if (!acceptWord("in")) {
            throw wrong("`>=` or `in` after the variable");
        }
        if (here().is("[")) {
            // i in [n] is 1 <= i <= n
            Expr upper = bracketed("]");
            for (Syntax.Bound each : names) {
                variables.add(new Syntax.Bound(each.place(), each.name(), null, 1));
                conditions.add(new Syntax.Comparison(
                        each.place(),
                        List.of(new Syntax.Name(each.place(), each.name()), upper),
                        List.of(new Syntax.Sign(each.place(), Relation.AT_MOST, false))));
            }
            return;
        }
        Syntax.Space space = space();
        names.forEach(each -> variables.add(new Syntax.Bound(each.place(), each.name(), space, 0)));
    }

    private void upper(Place place, String name, List<Syntax.Claim> conditions) throws DerivationSyntaxException {
        Syntax.Sign sign = relation().orElseThrow();
        conditions.add(new Syntax.Comparison(place, List.of(new Syntax.Name(place, name), term()), List.of(sign)));
    }

    /** A lower bound: a whole number. */
    final long bound() throws DerivationSyntaxException {
        Token token = here();
        boolean minus = accept("-");
        boolean whole = here().kind() == Token.Kind.NUMBER
                && here().text().length() <= 9
                && !here().text().contains(".");
        if (!whole) {
            throw wrong(token, "a lower bound that is a whole number");
        }
        long value = Long.parseLong(take().text());
        return minus ? -value : value;
    }

    /** Variables of parameters of a definition, as for {@code for all}. */
    final List<Syntax.Bound> parameters() throws DerivationSyntaxException {
        List<Syntax.Bound> variables = new ArrayList<>();
        List<Syntax.Claim> conditions = new ArrayList<>();
        do {
            requireFew(variables.size(), MAX_VARIABLES, "parameters");
            binding(variables, conditions);
        } while (accept(",") || accept(";"));
        if (!conditions.isEmpty()) {
            throw new DerivationSyntaxException(
                    conditions.get(0).place(), "a parameter without an upper bound", "one with an upper bound");
        }
        return variables;
    }

    /** Reads with declarations that vanish afterwards. */
    final <E> E scoped(Reader<E> reader) throws DerivationSyntaxException {
        Map<String, Boolean> before = new HashMap<>(declared);
        Set<String> stars = new HashSet<>(starred);
        try {
            return reader.read();
        } finally {
            declared.clear();
            declared.putAll(before);
            starred.clear();
            starred.addAll(stars);
        }
    }

    /** Something that reads. */
    interface Reader<E> {
        E read() throws DerivationSyntaxException;
    }
}
