package org.loopcert.derivation;

import ch.obermuhlner.math.big.BigRational;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.loopcert.kernel.proof.Context;
import org.loopcert.kernel.proof.Context.Declaration;
import org.loopcert.kernel.proof.LinearForm;
import org.loopcert.kernel.proof.Shape;
import org.loopcert.matrix.Matrix;
import org.loopcert.ring.RationalField;

/** How values of declared names are spelled in an assignment: {@code alpha}, {@code y[2]}, {@code X[1,2]}, {@code theta(0)[1]}. */
final class EntryNames {
    private EntryNames() {}

    /** A declared symbol or function at evaluated arguments. */
    static String node(String name, List<Matrix<BigRational>> arguments) {
        return arguments.isEmpty()
                ? name
                : name + arguments.stream().map(EntryNames::argument).collect(Collectors.joining(", ", "(", ")"));
    }

    private static String argument(Matrix<BigRational> value) {
        if (value.rows() == 1 && value.columns() == 1) {
            return RationalField.INSTANCE.show(value.get(0, 0));
        }
        List<String> rows = new ArrayList<>();
        for (List<BigRational> row : value.toLists()) {
            rows.add(row.stream().map(RationalField.INSTANCE::show).collect(Collectors.joining(", ")));
        }
        return String.join("; ", rows).transform(all -> "[" + all + "]");
    }

    /** The entry of a node at indices from one. */
    static String entry(String node, Shape declared, int row, int column) {
        if (declared.isScalar()) {
            return node;
        }
        boolean oneColumn = declared.columns().equals(LinearForm.ONE);
        return node + "[" + (oneColumn ? row : row + "," + column) + "]";
    }

    /** The shape with which a name is declared, or null if it is no symbol and no function. */
    static Shape declared(Context context, String name) {
        Declaration declaration = context.declaration(name).orElse(null);
        if (declaration instanceof Declaration.Symbol symbol) {
            return symbol.shape();
        }
        return declaration instanceof Declaration.Function function ? function.result() : null;
    }
}
