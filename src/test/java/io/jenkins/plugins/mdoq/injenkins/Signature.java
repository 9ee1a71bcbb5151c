package io.jenkins.plugins.mdoq.injenkins;

import java.lang.annotation.Annotation;
import java.lang.reflect.AccessibleObject;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A type as the standalone build declares it, held against the real one.
 *
 * <p>The rule behind each comparison: what the compiler makes of the declaration must link against the real type (it
 * looks members up by name and exact erased descriptor, and calls interfaces otherwise than classes), and what compiles
 * against the declaration must be allowed against the real type. A declaration may say less than the real type, never
 * anything else. Types are compared by name, as the two come from different class loaders.
 */
public final class Signature {

    private final Class<?> declared;
    private final Class<?> real;
    private final List<String> differences = new ArrayList<>();

    private Signature(Class<?> declared, Class<?> real) {
        this.declared = declared;
        this.real = real;
    }

    /** What the declaration says that does not hold of the real type: a sentence each, empty if it all holds. */
    public static List<String> differences(Class<?> declared, Class<?> real) {
        Signature signature = new Signature(declared, real);
        signature.compareTypes();
        signature.compareSupertypes();
        signature.compareEnumConstants();
        signature.compareFields();
        signature.compareConstructors();
        signature.compareMethods();
        return List.copyOf(signature.differences);
    }

    /**
     * The real type's abstract methods that the declaration lacks. Whoever implements the declared type would lack them
     * too, and learn of it only when they are called.
     */
    public static List<String> missingAbstractMethods(Class<?> declared, Class<?> real) {
        return Stream.of(real.getMethods(), real.getDeclaredMethods())
                .flatMap(Arrays::stream)
                .filter(method -> Modifier.isAbstract(method.getModifiers()))
                .filter(method -> like(method, declared)
                        .filter(found -> Modifier.isAbstract(found.getModifiers()))
                        .isEmpty())
                .map(Signature::nameOf)
                .distinct()
                .sorted()
                .toList();
    }

    private void compareTypes() {
        require(kindOf(declared).equals(kindOf(real)), "is %s, the real one %s", kindOf(declared), kindOf(real));
        compareVisibility("the type", declared.getModifiers(), real.getModifiers());
        require(
                Modifier.isStatic(declared.getModifiers()) == Modifier.isStatic(real.getModifiers()),
                "the real type is %sstatic",
                Modifier.isStatic(real.getModifiers()) ? "" : "not ");
        require(
                Modifier.isFinal(declared.getModifiers()) || !Modifier.isFinal(real.getModifiers()),
                "the real type is final");
        require(
                Modifier.isAbstract(declared.getModifiers()) || !Modifier.isAbstract(real.getModifiers()),
                "the real type is abstract");
        Set<String> realAnnotations = names(Arrays.asList(real.getAnnotations()), Signature::annotationName);
        for (String name : names(Arrays.asList(declared.getAnnotations()), Signature::annotationName)) {
            require(realAnnotations.contains(name), "the real type is not annotated with %s", name);
        }
        if (declared.isAnnotation() && real.isAnnotation()) {
            require(
                    metaAnnotations(declared).equals(metaAnnotations(real)),
                    "is meant for %s, the real annotation for %s",
                    metaAnnotations(declared),
                    metaAnnotations(real));
        }
    }

    private void compareSupertypes() {
        Set<String> supertypes = names(supertypes(real), Class::getName);
        for (Class<?> supertype : supertypes(declared)) {
            require(supertypes.contains(supertype.getName()), "the real type is no %s", supertype.getName());
        }
    }

    private void compareEnumConstants() {
        if (!declared.isEnum() || !real.isEnum()) {
            return;
        }
        List<String> realConstants = constants(real);
        Iterator<String> rest = realConstants.iterator();
        for (String constant : constants(declared)) {
            boolean found = false;
            while (!found && rest.hasNext()) {
                found = rest.next().equals(constant);
            }
            require(found, "constant %s is not, or not there, among the real ones: %s", constant, realConstants);
        }
    }

    private void compareFields() {
        for (Field field : accessible(declared.getDeclaredFields())) {
            String name = "field " + field.getName();
            Optional<Field> counterpart = supertypes(real).stream()
                    .flatMap(type -> Arrays.stream(type.getDeclaredFields()))
                    .filter(other -> other.getName().equals(field.getName()))
                    .findFirst();
            require(counterpart.isPresent(), "%s is not in the real type", name);
            counterpart.ifPresent(other -> {
                require(
                        other.getType().getName().equals(field.getType().getName()),
                        "%s is in truth of type %s",
                        name,
                        other.getType().getTypeName());
                compareMembers(name, field, other);
                require(
                        Modifier.isFinal(field.getModifiers()) == Modifier.isFinal(other.getModifiers()),
                        "%s is in truth %sfinal",
                        name,
                        Modifier.isFinal(other.getModifiers()) ? "" : "not ");
            });
        }
    }

    private void compareConstructors() {
        for (Constructor<?> constructor : accessible(declared.getDeclaredConstructors())) {
            Optional<Constructor<?>> counterpart = Arrays.stream(real.getDeclaredConstructors())
                    .filter(other -> parametersOf(other).equals(parametersOf(constructor)))
                    .findFirst();
            compareExecutables("constructor (" + parametersOf(constructor) + ")", constructor, counterpart);
        }
    }

    private void compareMethods() {
        for (Method method : accessible(declared.getDeclaredMethods())) {
            String name = nameOf(method);
            Optional<Method> counterpart = like(method, real);
            compareExecutables(name, method, counterpart);
            counterpart.ifPresent(other -> {
                require(
                        Modifier.isAbstract(method.getModifiers()) == Modifier.isAbstract(other.getModifiers()),
                        "%s is in truth %sabstract",
                        name,
                        Modifier.isAbstract(other.getModifiers()) ? "" : "not ");
                require(
                        Modifier.isFinal(method.getModifiers()) || !Modifier.isFinal(other.getModifiers()),
                        "%s is in truth final",
                        name);
                require(
                        String.valueOf(method.getDefaultValue()).equals(String.valueOf(other.getDefaultValue())),
                        "%s defaults in truth to %s",
                        name,
                        other.getDefaultValue());
            });
        }
    }

    private void compareExecutables(String name, Executable ours, Optional<? extends Executable> counterpart) {
        require(counterpart.isPresent(), "%s is not in the real type", name);
        counterpart.ifPresent(other -> {
            compareMembers(name, ours, other);
            require(
                    ours.isVarArgs() == other.isVarArgs(),
                    "%s takes in truth %s",
                    name,
                    other.isVarArgs() ? "varargs" : "an array");
            Set<String> thrown = checkedExceptionsOf(other);
            require(checkedExceptionsOf(ours).equals(thrown), "%s throws in truth %s", name, thrown);
        });
    }

    private void compareMembers(String name, Member ours, Member other) {
        compareVisibility(name, ours.getModifiers(), other.getModifiers());
        require(
                Modifier.isStatic(ours.getModifiers()) == Modifier.isStatic(other.getModifiers()),
                "%s is in truth %sstatic",
                name,
                Modifier.isStatic(other.getModifiers()) ? "" : "not ");
    }

    private void compareVisibility(String name, int ours, int other) {
        require(
                Modifier.isPublic(other) || Modifier.isProtected(other) && !Modifier.isPublic(ours),
                "%s is in truth %s",
                name,
                Modifier.isProtected(other) ? "protected" : Modifier.isPrivate(other) ? "private" : "package-private");
    }

    private void require(boolean holds, String difference, Object... arguments) {
        if (!holds) {
            differences.add(String.format(difference, arguments));
        }
    }

    /** The method that the virtual machine finds in {@code type} for a call of {@code method}. */
    private static Optional<Method> like(Method method, Class<?> type) {
        return supertypes(type).stream()
                .flatMap(supertype -> Arrays.stream(supertype.getDeclaredMethods()))
                .filter(other -> nameOf(other).equals(nameOf(method)))
                .findFirst();
    }

    /** The type itself, its superclasses, then all interfaces, nearest first: the order in which members are found. */
    private static Collection<Class<?>> supertypes(Class<?> type) {
        Set<Class<?>> found = new LinkedHashSet<>();
        for (Class<?> each = type; each != null; each = each.getSuperclass()) {
            found.add(each);
        }
        List<Class<?>> pending = new ArrayList<>(found);
        while (!pending.isEmpty()) {
            List<Class<?>> next = pending.stream()
                    .flatMap(each -> Arrays.stream(each.getInterfaces()))
                    .filter(found::add)
                    .toList();
            pending = next;
        }
        return found;
    }

    private static String kindOf(Class<?> type) {
        if (type.isAnnotation()) {
            return "an annotation";
        }
        return type.isInterface() ? "an interface" : type.isEnum() ? "an enum" : "a class";
    }

    private static List<String> constants(Class<?> type) {
        return Arrays.stream(type.getDeclaredFields())
                .filter(Field::isEnumConstant)
                .map(Field::getName)
                .toList();
    }

    private static Set<String> metaAnnotations(Class<?> annotation) {
        return Arrays.stream(annotation.getAnnotations())
                .filter(each -> annotationName(each).startsWith("java.lang.annotation."))
                .map(Annotation::toString)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String annotationName(Annotation annotation) {
        return annotation.annotationType().getName();
    }

    private static <T> Set<String> names(Collection<T> things, Function<? super T, String> name) {
        return things.stream().map(name).collect(Collectors.toCollection(TreeSet::new));
    }

    private static <T extends AccessibleObject & Member> List<T> accessible(T[] members) {
        return Arrays.stream(members)
                .filter(member -> (member.getModifiers() & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0)
                .filter(member -> !member.isSynthetic())
                .toList();
    }

    private static String nameOf(Method method) {
        return method.getReturnType().getTypeName() + " " + method.getName() + "(" + parametersOf(method) + ")";
    }

    private static String parametersOf(Executable executable) {
        return Arrays.stream(executable.getParameterTypes())
                .map(Class::getTypeName)
                .collect(Collectors.joining(", "));
    }

    private static Set<String> checkedExceptionsOf(Executable executable) {
        return names(
                Arrays.stream(executable.getExceptionTypes())
                        .filter(type -> !RuntimeException.class.isAssignableFrom(type))
                        .filter(type -> !Error.class.isAssignableFrom(type))
                        .toList(),
                Class::getName);
    }
}
