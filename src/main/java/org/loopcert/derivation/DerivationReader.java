package org.loopcert.derivation;

import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Term;

/** Reads derivations. */
public final class DerivationReader {
    private DerivationReader() {}

    /**
     * Reads a derivation.
     *
     * @param name the id of a file that gives none
     * @param text at most 2^20 characters
     * @throws DerivationSyntaxException if the text is not in the language; ill-typed parts are in the result
     */
    public static Derivation read(String name, String text) throws DerivationSyntaxException {
        Tokens tokens = new Tokens(text);
        return Elaborator.elaborate(FileParser.read(name, tokens), tokens);
    }

    /** Reads one term in the names of a context; ill-typed where they are not declared or shapes do not fit. */
    public static Elaborated<Term> readTerm(Context context, String text) throws DerivationSyntaxException {
        Tokens tokens = new Tokens(text);
        Parser parser = new Parser(tokens);
        context.declarations().forEach((name, declaration) -> parser.declare(name, takesArguments(declaration)));
        tokens.requireBalanced(0, tokens.size());
        Syntax.Expr expr = parser.term();
        if (parser.here().kind() != Token.Kind.END) {
            throw parser.wrong("the end of the term");
        }
        Set<String> taken = new HashSet<>(tokens.names());
        taken.addAll(context.declarations().keySet());
        Scope.Names names = new Scope.Names(taken, context.declarations().keySet());
        try {
            return new Elaborated.Fits<>(new TermElaborator().term(new Scope(context, names, Map.of()), expr));
        } catch (Misfit misfit) {
            return misfit.result(names);
        }
    }

    private static boolean takesArguments(Context.Declaration declaration) {
        return declaration instanceof Context.Declaration.Function
                || declaration instanceof Context.Declaration.Definition definition
                        && !definition.parameters().isEmpty();
    }
}
