package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.loopcert.derivation.Syntax.Expr;

/** The statements of a derivation. */
final class FileParser extends Parser {
    private static final int MAX_STATEMENTS = 2000;
    private static final int MAX_ITEMS = 2000;
    private static final int MAX_ERRORS = 20;
    private static final Set<String> RULE_WORDS = Set.of("definition", "algebra", "IH");

    private static final Set<String> PROOF_WORDS = Set.of("qed", "have", "base", "step");

    private final List<Syntax.Line> read = new ArrayList<>();
    private final Map<String, Place> labels = new HashMap<>();
    private final Map<String, Place> names = new HashMap<>();
    private int proofs;
    private int items;

    private FileParser(Tokens tokens) {
        super(tokens);
    }

    /**
     * Reads a file.
     *
     * @param fallback the id of a file without a {@code derivation} line
     * @throws DerivationSyntaxException the first error, with those of later statements
     */
    static Syntax.File read(String fallback, Tokens tokens) throws DerivationSyntaxException {
        return new FileParser(tokens).file(fallback);
    }

    private Syntax.File file(String fallback) throws DerivationSyntaxException {
        List<DerivationSyntaxException> errors = new ArrayList<>();
        String id = fallback;
        String title = "";
        if (here().isWord("derivation")) {
            at++;
            if (here().kind() != Token.Kind.IDENTIFIER) {
                throw wrong("an id such as chen2024/lemma-4.1");
            }
            id = take().text();
            title = here().kind() == Token.Kind.STRING ? take().text() : "";
        }
        while (here().kind() != Token.Kind.END && errors.size() < MAX_ERRORS) {
            int start = at;
            try {
                requireFew(read.size() + 1, MAX_STATEMENTS, "names and statements in one file");
                tokens.requireBalanced(start, tokens.nextStatement(start));
                statement();
            } catch (DerivationSyntaxException error) {
                errors.add(error);
                reset();
                proofs = 0;
                at = tokens.nextStatement(Math.max(start, at - 1));
            }
        }
        if (!errors.isEmpty()) {
            throw errors.get(0).with(errors.subList(1, errors.size()));
        }
        return new Syntax.File(id, title, read);
    }

    private void statement() throws DerivationSyntaxException {
        Token keyword = here();
        if (!tokens.startsStatement(at) || keyword.isWord("derivation")) {
            throw unknownStatement(keyword);
        }
        at++;
        switch (keyword.text()) {
            case "dimension", "dimensions" -> {
                do {
                    Place place = here().place();
                    String name = declaredName("the name of a dimension", false);
                    read.add(new Syntax.Declare(place, "dimension", name, 1, List.of(), null));
                } while (accept(","));
            }
            case "integer", "integers" -> {
                do {
                    Place place = here().place();
                    String name = declaredName("the name of an integer", false);
                    long more = here().is(">") ? 1 : 0;
                    long lower = accept(">=") || accept(">") ? bound() + more : 0;
                    read.add(new Syntax.Declare(place, "integer", name, lower, List.of(), null));
                } while (accept(","));
            }
            case "matrix", "matrices", "vector", "vectors", "scalar", "scalars" ->
                symbols(keyword.text().startsWith("s"), "symbol");
            case "sequence", "sequences" -> symbols(true, "sequence");
            case "function", "functions" -> functions();
            case "define" -> {
                Syntax.Define definition = scoped(this::define);
                declare(definition.name(), !definition.parameters().isEmpty());
                read.add(definition);
            }
            case "assume" ->
                scoped(() -> {
                    Place place = keyword.place();
                    String label = label();
                    int start = at;
                    Syntax.Claim claim = formula(true);
                    return read.add(new Syntax.Assume(place, label, claim, tokens.text(start, at)));
                });
            default -> scoped(() -> read.add(assertion(keyword)));
        }
        boolean done = here().kind() == Token.Kind.END || tokens.startsStatement(at);
        if (!done) {
            throw leftOver(keyword);
        }
    }

    private DerivationSyntaxException unknownStatement(Token token) {
        String expected = "a statement: dimension, integer, matrix, vector, scalar, sequence, function, define, "
                + "assume, lemma or claim";
        if (token.isWord("derivation")) {
            return wrong(token, expected + " (`derivation` stands once, first)");
        }
        if (token.isWord("qed")) {
            return wrong(token, expected + " (no proof is open here)");
        }
        List<String> near = token.kind() == Token.Kind.NAME ? Names.nearest(token.text(), Tokens.SINGULAR) : List.of();
        return near.isEmpty()
                ? wrong(token, expected)
                : new DerivationSyntaxException(
                        token.place(), expected, token.shown() + "; did you mean " + String.join(" or ", near) + "?");
    }

    /** Behind a complete statement: most often a misspelt keyword on the next line. */
    private DerivationSyntaxException leftOver(Token keyword) {
        Token token = here();
        if (token.first()) {
            return unknownStatement(token);
        }
        return wrong(token, "the end of the " + keyword.text() + " statement");
    }

    private String declaredName(String what, boolean takesArguments) throws DerivationSyntaxException {
        Place place = here().place();
        String name = newName(what);
        Place before = names.putIfAbsent(name, place);
        if (before != null) {
            throw new DerivationSyntaxException(place, "a new name", "`" + name + "`, declared at " + before);
        }
        declare(name, takesArguments);
        requireFew(names.size(), MAX_STATEMENTS, "names and statements in one file");
        return name;
    }

    /** Groups of names, each followed by its space. */
    private void symbols(boolean optional, String kind) throws DerivationSyntaxException {
        do {
            List<NameAt> group = new ArrayList<>();
            do {
                Place place = here().place();
                group.add(new NameAt(declaredName("a name", kind.equals("sequence")), place));
            } while (accept(","));
            Syntax.Space space = new Syntax.Space(group.get(0).place(), false, null, null);
            if (acceptWord("in")) {
                space = space();
            } else if (!optional) {
                throw wrong("`in` and a space such as R^d");
            }
            for (NameAt each : group) {
                read.add(new Syntax.Declare(each.place(), kind, each.name(), 0, List.of(), space));
            }
        } while (accept(","));
    }

    private void functions() throws DerivationSyntaxException {
        do {
            Place place = here().place();
            String name = declaredName("the name of a function", true);
            expect(":");
            List<Syntax.Space> parameters = new ArrayList<>();
            do {
                parameters.add(space());
            } while (accept("×") || acceptWord("x") || accept(","));
            expect("->");
            read.add(new Syntax.Declare(place, "function", name, 0, parameters, space()));
        } while (accept(","));
    }

    private Syntax.Define define() throws DerivationSyntaxException {
        Place start = here().place();
        // the name itself is declared only behind its body, and outside the scope of its parameters
        String name = newName("a name");
        Place before = names.putIfAbsent(name, start);
        if (before != null) {
            throw new DerivationSyntaxException(start, "a new name", "`" + name + "`, declared at " + before);
        }
        List<Syntax.Bound> parameters = new ArrayList<>();
        if (accept("(")) {
            parameters.addAll(parameters());
            expect(")");
        }
        Optional<Syntax.Space> space = acceptWord("in") ? Optional.of(space()) : Optional.empty();
        if (!accept(":=")) {
            throw wrong("`:=`");
        }
        Expr body = term();
        if (space.isEmpty() && acceptWord("in")) {
            space = Optional.of(space());
        }
        return new Syntax.Define(start, name, parameters, body, space);
    }

    /** NAME ":" before a formula, or the empty name. */
    private String label() throws DerivationSyntaxException {
        Token token = here();
        if (token.kind() != Token.Kind.NAME || !tokens.get(at + 1).is(":")) {
            return "";
        }
        if (RULE_WORDS.contains(token.text())) {
            throw new DerivationSyntaxException(
                    token.place(), "a name of your own", token.shown() + ", which has a meaning after `by`");
        }
        Place before = labels.putIfAbsent(token.text(), token.place());
        if (before != null) {
            throw new DerivationSyntaxException(
                    token.place(), "a new name", token.shown() + ", the name of the fact at " + before);
        }
        at += 2;
        return token.text();
    }

    private Syntax.Assert assertion(Token keyword) throws DerivationSyntaxException {
        Statement.Kind kind = keyword.isWord("lemma") ? Statement.Kind.LEMMA : Statement.Kind.CLAIM;
        String label = label();
        int start = at;
        Syntax.Claim claim = formula(false);
        String text = tokens.text(start, at);
        Syntax.By by = by();
        Optional<Syntax.ProofText> proof = Optional.empty();
        if (here().isWord("proof")) {
            proof = Optional.of(proof(claim));
        }
        return new Syntax.Assert(keyword.place(), kind, label, claim, text, by, proof);
    }

    private Syntax.By by() throws DerivationSyntaxException {
        if (!acceptWord("by")) {
            return Syntax.By.NOTHING;
        }
        List<NameAt> facts = new ArrayList<>();
        List<Syntax.With> with = new ArrayList<>();
        do {
            facts.add(fact());
        } while (accept(","));
        if (acceptWord("with")) {
            do {
                Place place = here().place();
                String name = newName("a variable of the fact");
                expect(":=");
                with.add(new Syntax.With(place, name, term()));
            } while (accept(","));
        }
        return new Syntax.By(facts, with);
    }

    /** A name, possibly with hyphens. */
    private NameAt fact() throws DerivationSyntaxException {
        Token token = here();
        boolean misplaced = token.first() && (RESERVED.contains(token.text()) || tokens.startsStatement(at));
        if (token.kind() != Token.Kind.NAME || misplaced) {
            throw wrong("the name of a fact or rule");
        }
        StringBuilder name = new StringBuilder(take().text());
        while (here().is("-") && !here().spaced() && tokens.get(at + 1).kind() == Token.Kind.NAME) {
            at++;
            name.append('-').append(take().text());
        }
        return new NameAt(name.toString(), token.place());
    }

    private Syntax.ProofText proof(Syntax.Claim claim) throws DerivationSyntaxException {
        Token opening = take();
        if (++proofs > 50) {
            throw new DerivationSyntaxException(opening.place(), "at most 50 proofs inside each other", "more");
        }
        boolean outer = lines;
        lines = true;
        Syntax.ProofText proof;
        if (acceptWord("by")) {
            if (!acceptWord("induction") || !acceptWord("on")) {
                throw wrong("`by induction on` and a variable (other reasons stand after the claim: claim ... by ...)");
            }
            Token variable = here();
            String name = newName("the variable of the induction");
            boolean bound = claim instanceof Syntax.ForAll all
                    && all.variables().stream()
                            .anyMatch(each -> each.isInteger() && each.name().equals(name));
            if (!bound) {
                throw wrong(variable, "an integer variable that the statement binds by `for all`");
            }
            if (!acceptWord("base")) {
                throw wrong("`base`");
            }
            Syntax.ItemsText base = items(opening);
            if (!acceptWord("step")) {
                throw wrong("`step`, after the base of the induction");
            }
            Syntax.ItemsText step = items(opening);
            proof = new Syntax.InductionText(opening.place(), name, variable.place(), base, step);
        } else {
            proof = items(opening);
        }
        if (!acceptWord("qed")) {
            throw wrong("`qed` for the proof opened at " + opening.place());
        }
        lines = outer;
        proofs--;
        return proof;
    }

    private Syntax.ItemsText items(Token opening) throws DerivationSyntaxException {
        List<Syntax.ItemText> items = new ArrayList<>();
        while (!here().isWord("qed") && !here().isWord("base") && !here().isWord("step")) {
            if (here().kind() == Token.Kind.END || tokens.startsStatement(at)) {
                throw wrong("`qed` for the proof opened at " + opening.place());
            }
            requireFew(++this.items, MAX_ITEMS, "chains and intermediate facts in one file");
            items.add(here().isWord("have") ? have() : chain());
        }
        return new Syntax.ItemsText(items);
    }

    private Syntax.HaveText have() throws DerivationSyntaxException {
        Place place = take().place();
        String label = label();
        int start = at;
        Syntax.Claim claim = formula(false);
        String text = tokens.text(start, at);
        Syntax.By by = by();
        Optional<Syntax.ProofText> proof = here().isWord("proof") ? Optional.of(proof(claim)) : Optional.empty();
        return new Syntax.HaveText(place, label, claim, text, by, proof);
    }

    private Syntax.ChainText chain() throws DerivationSyntaxException {
        int start = at;
        Place place = here().place();
        // `<` opens an inner product where a term is expected
        if (!here().is("<") && relation().isPresent()) {
            at = start;
            throw wrong("a term before the first relation sign");
        }
        Expr first = term();
        String text = tokens.text(start, at);
        List<Syntax.StepText> steps = new ArrayList<>();
        int from = at;
        Optional<Syntax.Sign> sign = relation();
        while (sign.isPresent()) {
            Expr term = term();
            if (here().is(",")) {
                throw wrong(
                        "a relation sign, `by` or the next line (behind a factor, `<` is a relation: an inner product "
                                + "there is written a * <x, y> or a ⟨x, y⟩)");
            }
            String stepText = tokens.text(from, at);
            steps.add(new Syntax.StepText(sign.get(), term, by(), stepText));
            from = at;
            sign = relation();
        }
        if (steps.isEmpty()) {
            List<String> near = first instanceof Syntax.Name name ? Names.nearest(name.name(), PROOF_WORDS) : List.of();
            if (!near.isEmpty()) {
                throw new DerivationSyntaxException(
                        place,
                        "a chain, `have` or `qed`",
                        "`" + text + "`; did you mean " + String.join(" or ", near) + "?");
            }
            throw here().first()
                    ? new DerivationSyntaxException(
                            here().place(),
                            "a relation sign such as = (a line that begins with a term begins a new chain; to go on "
                                    + "with a product, begin the line with `*`)",
                            here().shown())
                    : wrong("a relation sign such as =");
        }
        return new Syntax.ChainText(place, text, first, steps);
    }
}
