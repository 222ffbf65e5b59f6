package io.meterline.console.subscription;

import io.meterline.console.Refused;
import io.meterline.console.subscription.Statement.Adjustment;
import io.meterline.console.subscription.Statement.Line;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The page of a statement.
 *
 * @param previous the path of the one before, null for none
 * @param next the path of the one after it, null where there is none yet
 * @param closable whether its period is over and it is open
 * @param closesOn from when on it can be closed, in words
 * @param opened the line or adjustment whose events are shown
 * @param refused why it could not be closed
 */
public record StatementPage(
        Statement statement,
        Subscription subscription,
        String customer,
        List<LineRow> lines,
        List<AdjustmentRow> adjustments,
        @Nullable String previous,
        @Nullable String next,
        boolean closable,
        String closesOn,
        @Nullable Evidence opened,
        Refused refused,
        String path,
        String curl) {

    /** Most parts of a line that are shown in the document itself. */
    private static final int MOST_PARTS = 12;

    /** A line in words. */
    public record LineRow(Line line, String price, String filter, List<Breakdown.Row> parts) {

        /** The parts to show below the line; none where they say no more than the line. */
        public List<Breakdown.Row> shown() {
            return line.hasParts() && parts.size() <= MOST_PARTS ? parts : List.of();
        }
    }

    /** An adjustment in words. */
    public record AdjustmentRow(Adjustment adjustment, String period, String statementPath, int statementNumber) {}

    /** Its period in words. */
    public String period() {
        return Dates.period(statement.period(), statement.timeZone());
    }

    /** Whether the line of this number is opened. */
    public boolean isOpen(Line line) {
        return opened != null && opened.line() != null && opened.line().line().line() == line.line();
    }

    /** Whether this adjustment is opened. */
    public boolean isOpen(Adjustment adjustment) {
        return opened != null
                && opened.adjustment() != null
                && opened.adjustment().adjustment().adjustment() == adjustment.adjustment();
    }

    /** How its statements close, in words. */
    public String closes() {
        return RuleWords.closes(subscription.closeAfter());
    }
}
