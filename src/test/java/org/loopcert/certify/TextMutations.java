package org.loopcert.certify;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.loopcert.fuzz.ByteMutations;

/** Changes certificates as texts and as bytes. */
final class TextMutations {
    private static final Pattern NUMBER = Pattern.compile("\"(-?)([0-9]+)(?:/([0-9]+))?\"");
    private static final Pattern COUNT = Pattern.compile("\": ([0-9]+)");
    private static final Pattern COST = Pattern.compile("\"(n|d|loops|digits|bytes)\": ([0-9]+)");
    private static final Pattern BYTES = Pattern.compile("\"bytes\": [0-9]+");

    private static final List<Charset> CHARSETS = List.of(
            StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE, Charset.forName("UTF-32"));

    /** Characters that look like ones of a certificate, bytes that end no character, and characters in two spellings. */
    private static final List<byte[]> STRANGE = List.of(
            "\u0661".getBytes(StandardCharsets.UTF_8),
            "\uff11".getBytes(StandardCharsets.UTF_8),
            "\u2212".getBytes(StandardCharsets.UTF_8),
            "\u2044".getBytes(StandardCharsets.UTF_8),
            "\u00a0".getBytes(StandardCharsets.UTF_8),
            "\u200b".getBytes(StandardCharsets.UTF_8),
            new byte[] {(byte) 0xc0, (byte) 0xb1},
            new byte[] {(byte) 0xe0, (byte) 0x80, (byte) 0xb1},
            new byte[] {(byte) 0xb1},
            new byte[] {(byte) 0xff},
            new byte[] {0},
            new byte[] {0x7f});

    /** The certificate after a change of this kind; the same where it has no place for it. */
    byte[] changed(Mutations.Kind kind, byte[] certificate, byte[] other, Random random) {
        return switch (kind) {
            case COST -> cost(certificate, random);
            case SPELLING -> spelling(certificate, random);
            case ENCODING -> encoding(certificate, random);
            case BYTE_ORDER_MARK -> replaced(certificate, 0, 0, "\ufeff".getBytes(StandardCharsets.UTF_8));
            case ESCAPE -> escape(certificate, random);
            case LINE_ENDS -> lineEnds(certificate, random);
            case SPACES -> spaces(certificate, random);
            case TRUNCATION -> Arrays.copyOf(certificate, random.nextInt(certificate.length));
            case BYTES -> bytes(certificate, other, random);
            case FOREIGN_TEXT -> sealed(foreignText(certificate, other, random));
            default -> throw new IllegalStateException(kind + " is a change of trees");
        };
    }

    private static String text(byte[] certificate) {
        return new String(certificate, StandardCharsets.ISO_8859_1);
    }

    private static byte[] raw(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The same text with the length that it has. */
    private static byte[] sealed(byte[] certificate) {
        String text = text(certificate);
        String sealed = text;
        int length = -1;
        while (length != sealed.length()) {
            length = sealed.length();
            sealed = BYTES.matcher(text).replaceFirst("\"bytes\": " + length);
        }
        return raw(sealed);
    }

    private static byte[] replaced(byte[] bytes, int at, int length, byte[] by) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(bytes, 0, at);
        out.writeBytes(by);
        out.write(bytes, at + length, bytes.length - at - length);
        return out.toByteArray();
    }

    /** A random match in what the kernel reads as numbers; measured values have grammars of their own. */
    private static MatchResult match(Pattern pattern, String text, Random random) {
        int end = text.indexOf("\n \"measured\"");
        Matcher matcher = pattern.matcher(text).region(0, end < 0 ? text.length() : end);
        List<MatchResult> found = matcher.results().toList();
        return found.isEmpty() ? null : found.get(random.nextInt(found.size()));
    }

    private static byte[] cost(byte[] certificate, Random random) {
        String text = text(certificate);
        MatchResult place = match(COST, text.substring(0, text.indexOf("\"instance\"") + 1), random);
        if (place == null) {
            return certificate;
        }
        long declared = Long.parseLong(place.group(2));
        long[] others = {declared + 1, declared - 1, 0, 2 * declared, Integer.MAX_VALUE};
        long chosen = Math.max(0, others[random.nextInt(others.length)]);
        String changed = text.substring(0, place.start(2)) + chosen + text.substring(place.end(2));
        return place.group(1).equals("bytes") ? raw(changed) : sealed(raw(changed));
    }

    private static byte[] spelling(byte[] certificate, Random random) {
        String text = text(certificate);
        boolean count = random.nextInt(4) == 0;
        MatchResult place = match(count ? COUNT : NUMBER, text, random);
        if (place == null) {
            return certificate;
        }
        List<String> others = new ArrayList<>();
        int from = count ? place.start(1) : place.start();
        if (count) {
            String value = place.group(1);
            others.addAll(List.of("+" + value, "-" + value, "0" + value, value + ".0", value + "e0", value + "E+0"));
            others.addAll(
                    List.of('"' + value + '"', value + ".", "0x" + value, value + "_", value + " ", "[" + value + "]"));
        } else {
            String sign = place.group(1);
            String p = place.group(2);
            String q = place.group(3);
            String whole = sign + p + (q == null ? "" : "/" + q);
            others.addAll(List.of(
                    "+" + whole, sign + "0" + whole.substring(sign.length()), "--" + whole.substring(sign.length())));
            others.addAll(
                    List.of(" " + whole, whole + " ", whole + "\t", "(" + whole + ")", whole + "/1", whole + "/0"));
            others.addAll(
                    q == null
                            ? List.of(whole + ".0", whole + "e0", whole + ".")
                            : List.of(sign + p + "/-" + q, sign + p + "//" + q));
            BigInteger three = BigInteger.valueOf(3);
            String scaled = sign + new BigInteger(p).multiply(three) + "/"
                    + new BigInteger(q == null ? "1" : q).multiply(three);
            others.addAll(List.of(scaled, p.equals("0") ? "-0" : sign + p + "/" + (q == null ? "" : q + "/1"), ""));
            others.replaceAll(spelled -> '"' + spelled + '"');
            others.add(whole); // a number outside quotes
        }
        String changed =
                text.substring(0, from) + others.get(random.nextInt(others.size())) + text.substring(place.end());
        return sealed(raw(changed));
    }

    private static byte[] encoding(byte[] certificate, Random random) {
        String text = text(certificate);
        int choice = random.nextInt(CHARSETS.size() + 4);
        if (choice < CHARSETS.size()) {
            return text.getBytes(CHARSETS.get(choice));
        }
        byte[] strange = STRANGE.get(random.nextInt(STRANGE.size()));
        int at = random.nextInt(certificate.length);
        return sealed(replaced(certificate, at, random.nextInt(2), strange));
    }

    /** A character of a string by its number, or a slash behind a backslash. */
    private static byte[] escape(byte[] certificate, Random random) {
        String text = text(certificate);
        MatchResult place = match(Pattern.compile("\"[^\"\n]+\""), text, random);
        if (place == null) {
            return certificate;
        }
        int at = place.start() + 1 + random.nextInt(place.end() - place.start() - 2);
        char c = text.charAt(at);
        String escaped = c == '/' ? "\\/" : String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c);
        return sealed(replaced(certificate, at, 1, raw(escaped)));
    }

    private static byte[] lineEnds(byte[] certificate, Random random) {
        String text = text(certificate);
        int at = text.indexOf('\n', random.nextInt(certificate.length));
        return sealed(raw(
                switch (random.nextInt(5)) {
                    case 0 -> text.replace("\n", "\r\n");
                    case 1 -> text.replace('\n', '\r');
                    case 2 -> text.substring(0, at) + "\r" + text.substring(at);
                    case 3 -> text.substring(0, text.length() - 1);
                    default -> text + "\n";
                }));
    }

    private static byte[] spaces(byte[] certificate, Random random) {
        String text = text(certificate);
        String space = List.of(" ", "\t", "\n", "\f", "  ").get(random.nextInt(5));
        List<Integer> places = new ArrayList<>();
        for (int k = 0; k < text.length(); k++) {
            if (" ,:[]{}\n".indexOf(text.charAt(k)) >= 0) {
                places.add(k);
            }
        }
        int at = places.get(random.nextInt(places.size()));
        boolean removes = text.charAt(at) == ' ' && random.nextBoolean();
        return sealed(replaced(certificate, at, removes ? 1 : 0, raw(removes ? "" : space)));
    }

    private static byte[] bytes(byte[] certificate, byte[] other, Random random) {
        ByteMutations.Kind[] kinds = ByteMutations.Kind.values();
        ByteMutations.Kind kind =
                random.nextInt(2) == 0 ? ByteMutations.Kind.CHANGE_DIGIT : kinds[random.nextInt(kinds.length)];
        byte[] changed = ByteMutations.changed(kind, certificate, other, random);
        return random.nextInt(4) == 0 ? changed : sealed(changed);
    }

    /** Whole lines of one text, then whole lines of another from where it has the same line. */
    private static byte[] foreignText(byte[] certificate, byte[] other, Random random) {
        List<String> own = text(certificate).lines().toList();
        List<String> foreign = text(other).lines().toList();
        int at = random.nextInt(own.size());
        int from = foreign.indexOf(own.get(at));
        List<String> joined = new ArrayList<>(own.subList(0, at));
        joined.addAll(foreign.subList(from < 0 ? random.nextInt(foreign.size()) : from, foreign.size()));
        return raw(String.join("\n", joined) + "\n");
    }
}
