package io.meterline.store.duckdb;

import io.meterline.store.UsageQuery;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the SQL of a usage query, and finds the tally that a row of an answer belongs to. */
final class UsageSql {

    private final Moment moment;
    private final UsageSource source;
    private final int groupKeys;

    UsageSql(Moment moment, TypeLayout layout, UsageQuery query) {
        this.moment = moment;
        this.source = new UsageSource(layout, query);
        this.groupKeys = query.groupBy().size();
    }

    UsageSource source() {
        return source;
    }

    PreparedStatement prepare(String sql, List<String> parameters) throws SQLException {
        return moment.prepare(sql, parameters);
    }

    ResultSet execute(PreparedStatement statement) throws SQLException {
        return moment.execute(statement);
    }

    Level level(Tallies tallies, boolean grouped, boolean windowed) {
        return new Level(tallies, grouped ? groupKeys : 0, windowed);
    }

    /** The rows of an answer that begin with the keys of one level: the group's, then the window. */
    record Level(Tallies tallies, int groupKeys, boolean windowed) {

        List<@Nullable String> group(ResultSet row) throws SQLException {
            @Nullable String[] group = new String[groupKeys];
            for (int i = 0; i < groupKeys; i++) {
                group[i] = row.getString(i + 1);
            }
            return new ArrayList<@Nullable String>(Arrays.asList(group));
        }

        int window(ResultSet row) throws SQLException {
            return windowed ? row.getInt(groupKeys + 1) : Tallies.NO_WINDOW;
        }

        Tally tally(ResultSet row) throws SQLException {
            return tallies.at(groupKeys == 0 ? null : group(row), window(row));
        }
    }
}
