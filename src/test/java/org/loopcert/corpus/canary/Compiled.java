package org.loopcert.corpus.canary;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** The classes of one package as the build compiled them. */
final class Compiled {
    private final String prefix;
    private final Map<String, byte[]> classes = new TreeMap<>();

    /** The package of a class, without the packages inside it. */
    Compiled(Class<?> member) {
        prefix = member.getPackageName().replace('.', '/') + "/";
        try {
            Path root = Path.of(
                    member.getProtectionDomain().getCodeSource().getLocation().toURI());
            try (Stream<Path> files = Files.list(root.resolve(prefix))) {
                for (Path file :
                        files.filter(path -> path.toString().endsWith(".class")).toList()) {
                    byte[] bytes = Files.readAllBytes(file);
                    classes.put(new ClassReader(bytes).getClassName(), bytes);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
        classes.remove(prefix + "package-info");
    }

    /** The package with slashes, and one at its end. */
    String prefix() {
        return prefix;
    }

    /** All classes by internal name. */
    Map<String, ClassNode> nodes() {
        Map<String, ClassNode> nodes = new TreeMap<>();
        classes.forEach((name, bytes) -> nodes.put(name, read(bytes)));
        return nodes;
    }

    ClassNode node(String name) {
        return read(classes.get(name));
    }

    private static ClassNode read(byte[] bytes) {
        ClassNode node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        return node;
    }

    /** The bytes of a class after a call of {@link Fuel#burn} is put before every backward jump. */
    static byte[] fuelled(ClassNode node) {
        for (MethodNode method : node.methods) {
            for (AbstractInsnNode instruction : method.instructions.toArray()) {
                if (instruction instanceof JumpInsnNode jump
                        && method.instructions.indexOf(jump.label) < method.instructions.indexOf(jump)) {
                    method.instructions.insertBefore(
                            jump,
                            new MethodInsnNode(Opcodes.INVOKESTATIC, Type.getInternalName(Fuel.class), "burn", "()V"));
                }
            }
        }
        return bytes(node);
    }

    static byte[] bytes(ClassNode node) {
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }
}
