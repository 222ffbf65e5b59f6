package io.meterline.loader.source;

import java.util.List;
import java.util.function.Function;

/**
 * A query with something in the place of each placeholder, which still knows where its characters came from.
 *
 * @param text what the source gets
 */
public record FilledQuery(SqlText source, String text, List<Piece> pieces) {

    /**
     * A replaced placeholder.
     *
     * @param from its first character in {@link #text}
     * @param to the one after its last
     */
    public record Piece(SqlText.Occurrence occurrence, int from, int to) {}

    public FilledQuery {
        pieces = List.copyOf(pieces);
    }

    static FilledQuery of(SqlText source, Function<Placeholder, String> replacement) {
        StringBuilder text = new StringBuilder();
        List<Piece> pieces = new java.util.ArrayList<>();
        int copied = 0;
        for (SqlText.Occurrence each : source.placeholders()) {
            text.append(source.statement(), copied, each.from());
            int from = text.length();
            text.append(replacement.apply(each.placeholder()));
            pieces.add(new Piece(each, from, text.length()));
            copied = each.to();
        }
        text.append(source.statement(), copied, source.statement().length());
        return new FilledQuery(source, text.toString(), pieces);
    }

    /** The index in the person's own text of a character of this text; the placeholder's, when it stands for one. */
    public int indexInSource(int index) {
        int shift = 0;
        for (Piece piece : pieces) {
            if (index < piece.from()) {
                break;
            }
            if (index < piece.to()) {
                return piece.occurrence().from();
            }
            shift = piece.occurrence().to() - piece.to();
        }
        return index + shift;
    }
}
