package io.meterline.store.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the frames of one segment, and cuts off what a crash left of a last one. */
final class SegmentReplay {

    private static final Logger LOG = LoggerFactory.getLogger(SegmentReplay.class);

    private SegmentReplay() {}

    /**
     * Hands over what comes after {@code appliedSequence}, and answers the last sequence.
     *
     * @param newest whether no segment follows, so that it may end in half a frame
     * @param sequenceBefore the last sequence of the segment before
     */
    static long replay(Path segment, boolean newest, long sequenceBefore, long appliedSequence, Consumer<Frame> replay)
            throws IOException {
        long lastSequence = sequenceBefore;
        try (FileChannel channel = FileChannel.open(segment, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            FrameReader reader = new FrameReader(channel);
            Frame frame;
            while ((frame = reader.next()) != null) {
                if (frame.firstSequence() > lastSequence + 1) {
                    throw new IOException("The log lacks what came before byte " + reader.position() + " of " + segment
                            + ": a segment is missing or cut. Restore it from a backup; events after it depend on it.");
                }
                lastSequence = Math.max(lastSequence, frame.lastSequence());
                if (frame.firstSequence() > appliedSequence) {
                    replay.accept(frame);
                }
            }
            if (reader.position() < channel.size()) {
                if (!newest) {
                    throw new IOException("The log segment " + segment + " is damaged at byte " + reader.position()
                            + " of " + channel.size() + ". Restore it from a backup; events after it depend on it.");
                }
                LOG.warn(
                        "The log segment {} ends in {} bytes of a write that a crash cut; they are dropped",
                        segment,
                        channel.size() - reader.position());
                channel.truncate(reader.position());
                channel.force(true);
            }
        }
        return lastSequence;
    }
}
