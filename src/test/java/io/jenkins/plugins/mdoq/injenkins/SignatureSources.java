package io.jenkins.plugins.mdoq.injenkins;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Declarations of types that are on the class path as well, compiled and loaded beside them. */
public final class SignatureSources implements AutoCloseable {

    private final List<String> typeNames;
    private final URLClassLoader loader;

    private SignatureSources(Path classes) throws IOException {
        try (Stream<Path> found = Files.walk(classes)) {
            this.typeNames = found.map(file -> classes.relativize(file).toString())
                    .filter(name -> name.endsWith(".class"))
                    .map(name -> name.substring(0, name.length() - ".class".length()))
                    .map(name -> name.replace(classes.getFileSystem().getSeparator(), "."))
                    .sorted()
                    .toList();
        }
        this.loader = new OwnClassesFirst(classes);
    }

    /**
     * Compiles all of {@code sources} to {@code classes}.
     *
     * @throws IllegalArgumentException with the compiler's words, if they do not compile
     */
    public static SignatureSources compile(Path sources, Path classes) throws IOException {
        List<Path> files;
        try (Stream<Path> found = Files.walk(sources)) {
            files = found.filter(file -> file.toString().endsWith(".java")).toList();
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter words = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            // No processor: the declarations are nothing to index.
            List<String> options = List.of(
                    "-proc:none", "-d", classes.toString(), "-classpath", System.getProperty("java.class.path"));
            if (!compiler.getTask(words, manager, null, options, null, manager.getJavaFileObjectsFromPaths(files))
                    .call()) {
                throw new IllegalArgumentException(sources + " does not compile:\n" + words);
            }
        }
        return new SignatureSources(classes);
    }

    /** The binary names of all declared types, the nested ones among them, sorted. */
    public List<String> typeNames() {
        return typeNames;
    }

    /** The declared type, never the one on the class path. */
    public Class<?> load(String name) throws ClassNotFoundException {
        return Class.forName(name, false, loader);
    }

    @Override
    public void close() throws IOException {
        loader.close();
    }

    private static final class OwnClassesFirst extends URLClassLoader {

        OwnClassesFirst(Path classes) throws IOException {
            super(new URL[] {classes.toUri().toURL()}, SignatureSources.class.getClassLoader());
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                return findResource(name.replace('.', '/') + ".class") == null
                        ? super.loadClass(name, resolve)
                        : findClass(name);
            }
        }
    }
}
