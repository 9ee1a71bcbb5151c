import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * Holds the archives of the two builds against each other: {@code java .ci/CompareArchives.java ROOT STANDALONE}.
 *
 * <p>Both builds compile the same sources, the one against Jenkins, the other against our declarations of it. So every
 * class must come out the same to the byte (it links against the same members then), and every resource and every index
 * that Jenkins reads must be there with the same content. What may differ is listed below, each with the reason.
 *
 * <p>Prints one line of result, and each difference as a line on the standard error. A file that was removed from the
 * sources may linger in one build's {@code target}: {@code clean} both before believing that it differs.
 *
 * <p>Exit code: 0 the same, 1 a difference, 2 wrong usage or an archive that cannot be read.
 */
public class CompareArchives {

    private static final String MANIFEST = "META-INF/MANIFEST.MF";
    private static final String LIBRARIES = "WEB-INF/lib/";
    private static final String OWN_JAR = LIBRARIES + "mdoq-release-hook.jar";
    private static final String EXTENSIONS = "META-INF/annotations/hudson.Extension";

    /** Entries that need not be in both archives, nor alike; a name with a slash at its end is a folder. */
    private static final List<String> MAY_DIFFER = List.of(
            // Versions and build facts differ. The attributes that Jenkins goes by are compared one by one.
            MANIFEST,
            // Each build has its own POM, and Jenkins reads neither.
            "META-INF/maven/",
            // Lists the bundled libraries' licences, and none is bundled. Only Jenkins' Maven plugin writes it.
            "WEB-INF/licenses.xml");

    /** The manifest's attributes by which Jenkins names the plugin, and decides whether and after what it is loaded. */
    private static final List<String> ATTRIBUTES = List.of(
            "Group-Id",
            "Artifact-Id",
            "Short-Name",
            "Long-Name",
            "Jenkins-Version",
            "Hudson-Version",
            "Plugin-Dependencies");

    /** Where indexes of annotated classes lie: old processors write to one, new ones to the other; Jenkins reads both */
    private static final List<String> INDEXES = List.of("META-INF/services/annotations/", "META-INF/annotations/");

    private final List<String> differences = new ArrayList<>();

    public static void main(String[] arguments) {
        if (arguments.length != 2) {
            System.err.println("usage: java CompareArchives.java ROOT.hpi STANDALONE.hpi");
            System.exit(2);
        }
        try {
            Map<String, byte[]> root = entries(Files.readAllBytes(Path.of(arguments[0])));
            Map<String, byte[]> standalone = entries(Files.readAllBytes(Path.of(arguments[1])));
            System.exit(new CompareArchives().compare(root, standalone) ? 0 : 1);
        } catch (IOException e) {
            System.err.println("cannot compare the archives: " + e);
            System.exit(2);
        }
    }

    private boolean compare(Map<String, byte[]> root, Map<String, byte[]> standalone) throws IOException {
        compareManifests(root, standalone);
        compareLibraries("root", root);
        compareLibraries("standalone", standalone);
        compareEntries("", root, standalone);
        String same = "";
        if (root.containsKey(OWN_JAR) && standalone.containsKey(OWN_JAR)) {
            Map<String, byte[]> rootJar = entries(root.get(OWN_JAR));
            compareEntries(OWN_JAR + ": ", rootJar, entries(standalone.get(OWN_JAR)));
            same = summaryOf(rootJar);
        }
        differences.forEach(System.err::println);
        System.out.println("archives of the two builds: "
                + (differences.isEmpty() ? "the same (" + same + ")" : differences.size() + " difference(s)"));
        return differences.isEmpty();
    }

    private void compareManifests(Map<String, byte[]> root, Map<String, byte[]> standalone) throws IOException {
        Attributes ours = attributes(root);
        Attributes theirs = attributes(standalone);
        for (String name : ATTRIBUTES) {
            Set<String> one = values(ours.getValue(name));
            Set<String> other = values(theirs.getValue(name));
            if (!one.equals(other)) {
                differences.add("manifest: " + name + " differs" + apart(one, other));
            }
        }
    }

    private void compareLibraries(String build, Map<String, byte[]> archive) {
        Set<String> libraries = archive.keySet().stream()
                .filter(name -> name.startsWith(LIBRARIES))
                .collect(Collectors.toCollection(TreeSet::new));
        if (!libraries.equals(Set.of(OWN_JAR))) {
            differences.add("the " + build + " archive bundles " + libraries + " instead of just " + OWN_JAR);
        }
    }

    private void compareEntries(String where, Map<String, byte[]> root, Map<String, byte[]> standalone)
            throws IOException {
        Map<String, Object> ours = comparable(root);
        Map<String, Object> theirs = comparable(standalone);
        Set<String> names = new TreeSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        for (String name : names) {
            if (!theirs.containsKey(name)) {
                differences.add(where + name + " is in the root archive only");
            } else if (!ours.containsKey(name)) {
                differences.add(where + name + " is in the standalone archive only");
            } else if (!Objects.deepEquals(ours.get(name), theirs.get(name))) {
                boolean readable = ours.get(name) instanceof Set && theirs.get(name) instanceof Set;
                String detail = readable ? apart((Set<?>) ours.get(name), (Set<?>) theirs.get(name)) : "";
                differences.add(where + name + " differs" + detail);
            }
        }
    }

    /** What is to be the same, by name: the bytes, or what they mean where their form is left to the writer. */
    private static Map<String, Object> comparable(Map<String, byte[]> archive) throws IOException {
        Map<String, Object> contents = new TreeMap<>();
        for (Map.Entry<String, byte[]> entry : archive.entrySet()) {
            String name = entry.getKey();
            byte[] bytes = entry.getValue();
            boolean mayDiffer = MAY_DIFFER.stream()
                    .anyMatch(allowed -> allowed.endsWith("/") ? name.startsWith(allowed) : name.equals(allowed));
            if (mayDiffer || name.equals(OWN_JAR)) {
                continue; // the jar is opened and compared by its own entries
            }
            String index = INDEXES.stream()
                    .filter(name::startsWith)
                    .map(folder -> "index " + name.substring(folder.length()))
                    .findFirst()
                    .orElse(null);
            if (name.endsWith(".stapler")) {
                Properties properties = new Properties(); // written with or without a date
                properties.load(new StringReader(text(bytes)));
                contents.put(name, properties.entrySet());
            } else if (index != null && !name.equals(EXTENSIONS)) {
                contents.put(index, text(bytes).lines().collect(Collectors.toCollection(TreeSet::new)));
            } else {
                contents.put(name, bytes);
            }
        }
        return contents;
    }

    /** What each set holds that the other does not. */
    private static String apart(Set<?> root, Set<?> standalone) {
        List<?> ours = root.stream().filter(each -> !standalone.contains(each)).toList();
        List<?> theirs =
                standalone.stream().filter(each -> !root.contains(each)).toList();
        return ": root alone has " + ours + ", standalone alone has " + theirs;
    }

    private static String summaryOf(Map<String, byte[]> jar) {
        long classes =
                jar.keySet().stream().filter(name -> name.endsWith(".class")).count();
        long parameters =
                jar.keySet().stream().filter(name -> name.endsWith(".stapler")).count();
        long resources = jar.keySet().stream()
                        .filter(name -> !name.startsWith("META-INF/"))
                        .count()
                - classes
                - parameters;
        long extensions = text(jar.getOrDefault(EXTENSIONS + ".txt", new byte[0]))
                .lines()
                .filter(line -> !line.startsWith("#"))
                .count();
        return classes + " classes, " + resources + " resources, " + extensions + " extensions";
    }

    private static Attributes attributes(Map<String, byte[]> archive) throws IOException {
        byte[] manifest = archive.get(MANIFEST);
        return manifest == null
                ? new Attributes()
                : new Manifest(new ByteArrayInputStream(manifest)).getMainAttributes();
    }

    /** An attribute's comma-separated values, in no order; none if it is absent. */
    private static Set<String> values(String attribute) {
        return attribute == null ? Set.of() : new TreeSet<>(Arrays.asList(attribute.split(",")));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static Map<String, byte[]> entries(byte[] archive) throws IOException {
        Map<String, byte[]> entries = new TreeMap<>();
        try (ZipInputStream zip = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.put(entry.getName(), zip.readAllBytes());
                }
            }
        }
        if (entries.isEmpty()) {
            throw new IOException("no entry in it: not an archive");
        }
        return entries;
    }
}
