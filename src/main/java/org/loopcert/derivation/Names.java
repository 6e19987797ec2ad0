package org.loopcert.derivation;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** What a user may have meant by a name. */
final class Names {
    private Names() {}

    /** At most three names that differ in few letters, nearest first. */
    static List<String> nearest(String name, Collection<String> names) {
        int limit = Math.max(1, name.length() / 3);
        return names.stream()
                .filter(each -> Math.abs(each.length() - name.length()) <= limit)
                .filter(each -> distance(name, each) <= limit && (name.length() > 1 || each.equalsIgnoreCase(name)))
                .sorted(Comparator.comparingInt((String each) -> distance(name, each))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(3)
                .toList();
    }

    /** The number of letters to change, insert, drop or swap; a change of case counts nothing. */
    static int distance(String one, String other) {
        String a = one.toLowerCase(java.util.Locale.ROOT);
        String b = other.toLowerCase(java.util.Locale.ROOT);
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                cost[i][j] = Math.min(cost[i - 1][j - 1] + change, Math.min(cost[i - 1][j] + 1, cost[i][j - 1] + 1));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }

    /** The name as several declared names written without spaces, with the fewest of them; empty if there is none. */
    static List<String> split(String name, Collection<String> names) {
        List<List<String>> best = new ArrayList<>();
        best.add(List.of());
        for (int end = 1; end <= name.length(); end++) {
            List<String> shortest = null;
            for (String each : names) {
                int start = end - each.length();
                boolean fits = start >= 0 && name.startsWith(each, start) && best.get(start) != null;
                if (fits && (shortest == null || best.get(start).size() + 1 < shortest.size())) {
                    shortest = new ArrayList<>(best.get(start));
                    shortest.add(each);
                }
            }
            best.add(shortest);
        }
        List<String> parts = best.get(name.length());
        return parts == null || parts.size() < 2 ? List.of() : parts;
    }
}
