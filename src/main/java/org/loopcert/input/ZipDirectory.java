package org.loopcert.input;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * The members of a zip archive (APPNOTE 6.3: stored or deflated, zip64, one disk, no encryption).
 * The central directory and every local header are read and must agree; members may not overlap, and
 * the directory must end where the archive says. Sizes are claims until a member is unpacked, and
 * memory is taken only for a size that the packed bytes can reach.
 */
final class ZipDirectory {
    private static final int END = 0x06054b50;
    private static final int END64 = 0x06064b50;
    private static final int LOCATOR64 = 0x07064b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int LOCAL = 0x04034b50;
    private static final int END_SIZE = 22;
    private static final int LOCATOR64_SIZE = 20;
    private static final int END64_SIZE = 56;
    private static final int CENTRAL_SIZE = 46;
    private static final int LOCAL_SIZE = 30;
    private static final int LONGEST_COMMENT = 0xffff;
    private static final long IN_ZIP64 = 0xffff_ffffL;
    private static final int STORED = 0;
    private static final int DEFLATED = 8;
    private static final int ENCRYPTED = 1;
    private static final int SIZES_FOLLOW = 8;
    private static final String HINT = "numpy.savez writes such a file";

    /** What one byte of a deflated stream can stand for at most. */
    private static final int DEFLATE_RATIO = 1032;

    /** Members up to this size may be packed as well as they can be. */
    private static final int SMALL = 1 << 20;

    /**
     * A member whose headers agree.
     *
     * @param dataOffset where its packed bytes begin
     * @param packed how many there are
     * @param size how many they are claimed to unpack to
     */
    record Member(String name, int method, long crc, int localOffset, int dataOffset, int packed, long size) {}

    private final SourceBytes source;
    private final ByteBuffer view;
    private final InputLimits limits;
    private final Map<String, Member> members = new TreeMap<>();

    private ZipDirectory(SourceBytes source, InputLimits limits) {
        this.source = source;
        this.view = ByteBuffer.wrap(source.bytes()).order(ByteOrder.LITTLE_ENDIAN);
        this.limits = limits;
    }

    static ZipDirectory read(SourceBytes source, InputLimits limits) throws InputException {
        ZipDirectory directory = new ZipDirectory(source, limits);
        directory.readEnd();
        return directory;
    }

    /** Members by name, in the order of their names. */
    List<Member> members() {
        return List.copyOf(members.values());
    }

    private void readEnd() throws InputException {
        int end = findEnd();
        long disks = unsigned16(end + 4) | unsigned16(end + 6);
        long onDisk = unsigned16(end + 8);
        long count = unsigned16(end + 10);
        long size = unsigned32(end + 12);
        long offset = unsigned32(end + 16);
        int directoryEnd = end;
        int locator = end - LOCATOR64_SIZE;
        if (locator >= 0 && view.getInt(locator) == LOCATOR64) {
            long record = view.getLong(locator + 8);
            if (record < 0 || record > locator - END64_SIZE || view.getInt((int) record) != END64) {
                throw at(locator)
                        .expected("the place of a zip64 end record")
                        .found("another place, " + Long.toUnsignedString(record))
                        .hint(HINT)
                        .build();
            }
            directoryEnd = (int) record;
            disks |= unsigned32(locator + 4) | unsigned32(directoryEnd + 16) | unsigned32(directoryEnd + 20);
            onDisk = view.getLong(directoryEnd + 24);
            count = view.getLong(directoryEnd + 32);
            size = view.getLong(directoryEnd + 40);
            offset = view.getLong(directoryEnd + 48);
        }
        if (disks != 0 || onDisk != count) {
            throw at(end).expected("a zip archive on one disk")
                    .found("one on several")
                    .build();
        }
        // a directory that ends where its end record begins leaves no room for other bytes
        if (offset < 0 || size < 0 || offset > directoryEnd || size != directoryEnd - offset) {
            throw at(end).expected("a directory that ends at byte " + directoryEnd)
                    .found("one of " + Long.toUnsignedString(size) + " bytes from byte "
                            + Long.toUnsignedString(offset))
                    .hint(HINT)
                    .build();
        }
        if (count < 0 || count > size / CENTRAL_SIZE) {
            throw at(end).expected("as many members as the directory of " + size + " bytes can hold")
                    .found(Long.toUnsignedString(count))
                    .build();
        }
        if (count > limits.maxArrays()) {
            throw at(end).beyond("max-arrays", limits.maxArrays(), count)
                    .expected("at most " + limits.maxArrays() + " members")
                    .found(Long.toString(count))
                    .build();
        }
        readCentral((int) offset, (int) count, directoryEnd);
    }

    private int findEnd() throws InputException {
        int length = source.bytes().length;
        for (int at = length - END_SIZE; at >= 0 && at >= length - END_SIZE - LONGEST_COMMENT; at--) {
            if (view.getInt(at) == END && unsigned16(at + 20) == length - END_SIZE - at) {
                return at;
            }
        }
        throw at(length)
                .expected("the directory of a zip archive at the end of the file")
                .found("none; the file may be cut off")
                .hint(HINT)
                .build();
    }

    private void readCentral(int offset, int count, int end) throws InputException {
        int at = offset;
        List<Member> inOrder = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            if (end - at < CENTRAL_SIZE || view.getInt(at) != CENTRAL) {
                throw at(at).expected("member " + (i + 1) + " of " + count + " in the directory")
                        .found("none")
                        .build();
            }
            int nameLength = unsigned16(at + 28);
            int extraLength = unsigned16(at + 30);
            int next = at + CENTRAL_SIZE + nameLength + extraLength + unsigned16(at + 32);
            if (next > end) {
                throw at(at).expected("a directory entry that ends by byte " + end)
                        .found("one that ends at byte " + next)
                        .build();
            }
            Member member = central(at, nameLength, extraLength, offset);
            Member earlier = members.putIfAbsent(member.name(), member);
            if (earlier != null) {
                throw at(at).expected("each member once")
                        .found(InputException.quote(member.name()) + " twice")
                        .build();
            }
            inOrder.add(member);
            at = next;
        }
        if (at != end) {
            throw at(at).expected("the end of the directory after " + count + " members")
                    .found((end - at) + " more bytes")
                    .build();
        }
        requireApart(inOrder);
    }

    private void requireApart(List<Member> list) throws InputException {
        list.sort(Comparator.comparingInt(Member::localOffset));
        int free = 0;
        for (Member member : list) {
            if (member.localOffset() < free) {
                throw at(member.localOffset())
                        .expected("members that do not overlap")
                        .found(InputException.quote(member.name()) + " within another member")
                        .build();
            }
            free = member.dataOffset() + member.packed();
        }
    }

    private Member central(int at, int nameLength, int extraLength, int directory) throws InputException {
        String name = SourceText.decode(source.file(), source.bytes(), at + CENTRAL_SIZE, nameLength);
        int flags = unsigned16(at + 8);
        int method = unsigned16(at + 10);
        requireSupported(at, name, flags, method);
        Sizes sizes = new Sizes(unsigned32(at + 24), unsigned32(at + 20), unsigned32(at + 42));
        sizes.readExtra(at + CENTRAL_SIZE + nameLength, extraLength);
        long crc = unsigned32(at + 16);
        long local = sizes.offset;
        if (local < 0 || local > directory - LOCAL_SIZE || view.getInt((int) local) != LOCAL) {
            throw at(at).expected("the place of " + InputException.quote(name) + " in the file")
                    .found("another place, " + Long.toUnsignedString(local))
                    .build();
        }
        int localAt = (int) local;
        int data = localAt + LOCAL_SIZE + unsigned16(localAt + 26) + unsigned16(localAt + 28);
        if (data > directory || sizes.packed < 0 || sizes.packed > directory - data) {
            throw at(at).expected("the packed bytes of " + InputException.quote(name) + " before byte " + directory)
                    .found(Long.toUnsignedString(sizes.packed) + " bytes from byte " + data)
                    .build();
        }
        requireReachable(at, name, method, sizes);
        Member member = new Member(name, method, crc, localAt, data, (int) sizes.packed, sizes.unpacked);
        requireSameLocally(
                member, flags, Arrays.copyOfRange(source.bytes(), at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength));
        return member;
    }

    private void requireSupported(int at, String name, int flags, int method) throws InputException {
        if ((flags & ENCRYPTED) != 0) {
            throw at(at).expected("members without encryption")
                    .found(InputException.quote(name) + ", which is encrypted")
                    .build();
        }
        if (method != STORED && method != DEFLATED) {
            throw at(at).expected("members that are stored or deflated")
                    .found(InputException.quote(name) + " with compression method " + method)
                    .hint("numpy.savez_compressed deflates")
                    .build();
        }
    }

    private void requireReachable(int at, String name, int method, Sizes sizes) throws InputException {
        String claim = Long.toUnsignedString(sizes.unpacked) + " bytes claimed for " + sizes.packed + " packed bytes";
        if (method == STORED) {
            if (sizes.unpacked != sizes.packed) {
                throw at(at).expected("equal sizes for the stored member " + InputException.quote(name))
                        .found(claim)
                        .build();
            }
        } else if (sizes.unpacked < 0 || sizes.unpacked > DEFLATE_RATIO * sizes.packed) {
            throw at(at).expected("a size of " + InputException.quote(name) + " that deflate can reach, at most "
                            + DEFLATE_RATIO + " times the packed bytes")
                    .found(claim)
                    .build();
        }
    }

    private void requireSameLocally(Member member, int flags, byte[] name) throws InputException {
        int at = member.localOffset();
        int nameLength = unsigned16(at + 26);
        boolean same = unsigned16(at + 8) == member.method()
                && (unsigned16(at + 6) & (ENCRYPTED | SIZES_FOLLOW)) == (flags & (ENCRYPTED | SIZES_FOLLOW))
                && Arrays.equals(source.bytes(), at + LOCAL_SIZE, at + LOCAL_SIZE + nameLength, name, 0, name.length);
        if (same && (flags & SIZES_FOLLOW) == 0) {
            Sizes sizes = new Sizes(unsigned32(at + 22), unsigned32(at + 18), 0);
            sizes.readExtra(at + LOCAL_SIZE + nameLength, unsigned16(at + 28));
            same = sizes.unpacked == member.size()
                    && sizes.packed == member.packed()
                    && unsigned32(at + 14) == member.crc();
        }
        if (!same) {
            throw at(at).expected("the same name, method, sizes and checksum for " + InputException.quote(member.name())
                            + " as in the directory")
                    .found("others")
                    .build();
        }
    }

    /** The first bytes of an unpacked member, at most so many. */
    Content head(Member member, int most) throws InputException {
        int length = (int) Math.min(member.size(), most);
        if (member.method() == STORED) {
            return content(
                    member, Arrays.copyOfRange(source.bytes(), member.dataOffset(), member.dataOffset() + length));
        }
        return content(member, inflate(member, length, false));
    }

    /**
     * A whole member, unpacked; its size and checksum are those of the directory.
     *
     * @throws InputException if they are not, or the member is beyond the limits
     */
    Content unpack(Member member) throws InputException {
        if (member.size() > limits.fileBytes()) {
            throw in(member)
                    .beyond(limits.beyondFileBytes(member.size()))
                    .expected("at most " + limits.fileBytes() + " bytes, unpacked")
                    .found(Long.toString(member.size()))
                    .build();
        }
        if (member.size() > SMALL && member.size() > (long) limits.maxRatio() * member.packed()) {
            throw in(member)
                    .beyond("max-ratio", limits.maxRatio(), ceilingOfRatio(member))
                    .expected("at most " + limits.maxRatio() + " times the " + member.packed() + " packed bytes")
                    .found(member.size() + " bytes")
                    .hint("numpy.savez writes the arrays without compression")
                    .build();
        }
        int length = (int) member.size();
        byte[] bytes = member.method() == STORED
                ? Arrays.copyOfRange(source.bytes(), member.dataOffset(), member.dataOffset() + length)
                : inflate(member, length, true);
        CRC32 crc = new CRC32();
        crc.update(bytes);
        if (crc.getValue() != member.crc()) {
            throw in(member)
                    .expected(String.format("the checksum %08x", member.crc()))
                    .found(String.format("%08x", crc.getValue()))
                    .hint("the file was changed or damaged; save it again")
                    .build();
        }
        return content(member, bytes);
    }

    private static long ceilingOfRatio(Member member) {
        return (member.size() - 1) / member.packed() + 1;
    }

    private Content content(Member member, byte[] bytes) {
        return new Content(source.file(), member.name(), bytes);
    }

    /** A refusal that is about a member. */
    InputException.Builder in(Member member) {
        return InputException.in(source.file()).member(member.name());
    }

    private byte[] inflate(Member member, int length, boolean toTheEnd) throws InputException {
        Inflater inflater = new Inflater(true);
        try {
            inflater.setInput(source.bytes(), member.dataOffset(), member.packed());
            byte[] out = new byte[length];
            int filled = fill(inflater, out);
            // one more byte tells whether the stream ends where it should
            boolean more = toTheEnd && filled == length && fill(inflater, new byte[1]) > 0;
            if (filled < length || more || toTheEnd && (!inflater.finished() || inflater.getRemaining() > 0)) {
                throw in(member)
                        .expected(member.packed() + " bytes that unpack to " + member.size())
                        .found(more || filled == length ? "more" : "an end after " + filled)
                        .build();
            }
            return out;
        } catch (DataFormatException e) {
            throw in(member)
                    .expected("a deflated stream")
                    .found("another, " + InputException.quote(String.valueOf(e.getMessage())))
                    .cause(e)
                    .build();
        } finally {
            inflater.end();
        }
    }

    private static int fill(Inflater inflater, byte[] out) throws DataFormatException {
        int filled = 0;
        while (filled < out.length) {
            int count = inflater.inflate(out, filled, out.length - filled);
            if (count == 0) {
                return filled; // finished, out of input, or asking for a dictionary, which zip has not
            }
            filled += count;
        }
        return filled;
    }

    private int unsigned16(int at) {
        return view.getShort(at) & 0xffff;
    }

    private long unsigned32(int at) {
        return view.getInt(at) & 0xffff_ffffL;
    }

    private InputException.Builder at(long offset) {
        return InputException.in(source.file()).byteOffset(offset);
    }

    /** Sizes and offset of one header; those that do not fit 32 bits stand in a zip64 field. */
    private final class Sizes {
        private static final int ZIP64 = 1;
        private long unpacked;
        private long packed;
        private long offset;

        Sizes(long unpacked, long packed, long offset) {
            this.unpacked = unpacked;
            this.packed = packed;
            this.offset = offset;
        }

        void readExtra(int start, int length) throws InputException {
            int end = start + length;
            if (end > source.bytes().length) {
                throw at(start)
                        .expected("extra fields before the end")
                        .found("the end")
                        .build();
            }
            boolean seen = false;
            for (int at = start; end - at >= 4; ) {
                int size = unsigned16(at + 2);
                if (size > end - at - 4) {
                    throw at(at).expected("an extra field of at most " + (end - at - 4) + " bytes")
                            .found(Integer.toString(size))
                            .build();
                }
                if (unsigned16(at) == ZIP64 && !seen) {
                    seen = true;
                    readZip64(at + 4, size);
                }
                at += 4 + size;
            }
        }

        private void readZip64(int start, int size) throws InputException {
            int at = start;
            int end = start + size;
            if (unpacked == IN_ZIP64) {
                unpacked = next(at, end);
                at += Long.BYTES;
            }
            if (packed == IN_ZIP64) {
                packed = next(at, end);
                at += Long.BYTES;
            }
            if (offset == IN_ZIP64) {
                offset = next(at, end);
            }
        }

        private long next(int at, int end) throws InputException {
            if (end - at < Long.BYTES) {
                throw at(at).expected("a zip64 size of 8 bytes")
                        .found((end - at) + " bytes")
                        .build();
            }
            return view.getLong(at);
        }
    }
}
