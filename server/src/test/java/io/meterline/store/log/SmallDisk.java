package io.meterline.store.log;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A disk with so much room: as on a real one, the write that fills it writes what fits, and the next one fails. */
public final class SmallDisk implements EventLog.Opener {

    private final AtomicLong room = new AtomicLong(Long.MAX_VALUE);

    /** From now on so many bytes fit. */
    public void room(long bytes) {
        room.set(bytes);
    }

    @Override
    public FileChannel open(Path segment, OpenOption... options) throws IOException {
        return new Segment(FileChannel.open(segment, options));
    }

    private final class Segment extends FileChannel {
        private final FileChannel file;

        Segment(FileChannel file) {
            this.file = file;
        }

        @Override
        public int write(ByteBuffer source) throws IOException {
            int wanted = source.remaining();
            int fits = (int) Math.min(room.get(), wanted);
            if (fits == 0 && wanted > 0) {
                throw new IOException("No space left on device");
            }
            ByteBuffer part = source.slice(source.position(), fits);
            source.position(source.position() + fits);
            int written = 0;
            while (written < fits) {
                written += file.write(part);
            }
            room.addAndGet(-fits);
            return fits;
        }

        @Override
        public long write(ByteBuffer[] sources, int offset, int length) throws IOException {
            long written = 0;
            for (int i = offset; i < offset + length; i++) {
                if (sources[i].hasRemaining()) {
                    if (written > 0 && room.get() == 0) {
                        return written;
                    }
                    written += write(sources[i]);
                    if (sources[i].hasRemaining()) {
                        return written;
                    }
                }
            }
            return written;
        }

        @Override
        public FileChannel truncate(long size) throws IOException {
            long freed = file.size() - size;
            file.truncate(size);
            room.updateAndGet(left -> left == Long.MAX_VALUE ? left : left + Math.max(0, freed));
            return this;
        }

        @Override
        public long position() throws IOException {
            return file.position();
        }

        @Override
        public FileChannel position(long newPosition) throws IOException {
            file.position(newPosition);
            return this;
        }

        @Override
        public long size() throws IOException {
            return file.size();
        }

        @Override
        public void force(boolean metaData) throws IOException {
            file.force(metaData);
        }

        @Override
        protected void implCloseChannel() throws IOException {
            file.close();
        }

        @Override
        public int read(ByteBuffer target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long read(ByteBuffer[] targets, int offset, int length) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(ByteBuffer target, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public int write(ByteBuffer source, long position) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferTo(long position, long count, WritableByteChannel target) {
            throw new UnsupportedOperationException();
        }

        @Override
        public long transferFrom(ReadableByteChannel source, long position, long count) {
            throw new UnsupportedOperationException();
        }

        @Override
        public MappedByteBuffer map(MapMode mode, long position, long size) {
            throw new UnsupportedOperationException();
        }

        @Override
        public FileLock lock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }

        @Override
        public @Nullable FileLock tryLock(long position, long size, boolean shared) {
            throw new UnsupportedOperationException();
        }
    }
}
