package org.loopcert.kernel;

import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * Reads the report of PIT and refuses every mutant that lives and may have weakened a side condition: any changed or
 * removed comparison, boolean result or call for its effect, on whatever line of the kernel. What provably cannot be
 * told apart is listed with its proof; entries that no longer live, or in another number, are refused as well.
 */
final class SurvivorGate {
    private static final Pattern DECISIVE = Pattern.compile(
            "ConditionalsBoundary.*|NegateConditionals.*|RemoveConditional.*|Boolean.*Returns?.*|VoidMethodCall.*");

    /** Mutants that the source text does not distinguish. */
    record Place(String file, String method, String mutator, String line) implements Comparable<Place> {
        @Override
        public int compareTo(Place other) {
            return toString().compareTo(other.toString());
        }

        @Override
        public String toString() {
            return file + ", " + method + ", " + mutator + ": " + line;
        }
    }

    private SurvivorGate() {}

    /**
     * Exits with 1 where a mutant lives that is not listed, or an entry of the list is stale.
     *
     * @param args the report of PIT, the list of reviewed mutants, the folder of the kernel's sources
     */
    public static void main(String[] args) throws IOException, ParserConfigurationException, SAXException {
        List<String> problems = problems(Path.of(args[0]), Path.of(args[1]), Path.of(args[2]));
        problems.forEach(System.err::println);
        System.exit(problems.isEmpty() ? 0 : 1);
    }

    /** What is wrong, one line each. */
    static List<String> problems(Path report, Path reviewed, Path sources)
            throws IOException, ParserConfigurationException, SAXException {
        Map<Place, Integer> alive = alive(report, sources);
        Map<Place, Integer> listed = listed(reviewed);
        TreeSet<Place> places = new TreeSet<>(alive.keySet());
        places.addAll(listed.keySet());
        List<String> problems = new ArrayList<>();
        for (Place place : places) {
            int found = alive.getOrDefault(place, 0);
            int allowed = listed.getOrDefault(place, 0);
            if (found > allowed) {
                problems.add("alive: " + found + ", reviewed: " + allowed + ": " + place);
            } else if (found < allowed) {
                problems.add("stale entry: alive " + found + ", reviewed " + allowed + ": " + place);
            }
        }
        return problems;
    }

    private static Map<Place, Integer> alive(Path report, Path sources)
            throws IOException, ParserConfigurationException, SAXException {
        DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
        factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        NodeList mutations = factory.newDocumentBuilder().parse(report.toFile()).getElementsByTagName("mutation");
        if (mutations.getLength() == 0) {
            throw new IllegalArgumentException("no mutant in " + report);
        }
        Map<String, List<String>> files = new TreeMap<>();
        Map<Place, Integer> alive = new TreeMap<>();
        for (int i = 0; i < mutations.getLength(); i++) {
            Element mutation = (Element) mutations.item(i);
            String name = text(mutation, "mutator");
            String mutator = name.substring(name.lastIndexOf('.') + 1);
            if (mutation.getAttribute("detected").equals("true")
                    || !DECISIVE.matcher(mutator).matches()) {
                continue;
            }
            String file = text(mutation, "sourceFile");
            if (!files.containsKey(file)) {
                files.put(file, Files.readAllLines(sources.resolve(file)));
            }
            int line = Integer.parseInt(text(mutation, "lineNumber"));
            Place place = new Place(
                    file,
                    text(mutation, "mutatedMethod"),
                    mutator,
                    files.get(file).get(line - 1).strip());
            alive.merge(place, 1, Integer::sum);
        }
        return alive;
    }

    private static String text(Element element, String name) {
        return element.getElementsByTagName(name).item(0).getTextContent();
    }

    private static Map<Place, Integer> listed(Path reviewed) throws IOException {
        Map<Place, Integer> listed = new TreeMap<>();
        try (CsvReader<NamedCsvRecord> records = CsvReader.builder().ofNamedCsvRecord(reviewed)) {
            for (NamedCsvRecord row : records) {
                Place place = new Place(
                        row.getField("file"), row.getField("method"), row.getField("mutator"), row.getField("line"));
                if (row.getField("proof").isBlank() || listed.containsKey(place)) {
                    throw new IllegalArgumentException("no proof, or listed twice: " + place);
                }
                listed.put(place, Integer.valueOf(row.getField("count")));
            }
        }
        return listed;
    }
}
