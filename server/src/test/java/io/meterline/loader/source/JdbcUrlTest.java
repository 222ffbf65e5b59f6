package io.meterline.loader.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.meterline.event.RuleException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JdbcUrlTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:snowflake://acme.snowflakecomputing.com/?warehouse=WH&db=SHOP&schema=PUBLIC&role=METERLINE",
                "jdbc:bigquery://https://www.googleapis.com/bigquery/v2:443;ProjectId=shop;OAuthType=0;"
                        + "OAuthServiceAcctEmail=a@b.iam.gserviceaccount.com;OAuthPvtKey={\"a\":1};Location=EU",
                "jdbc:redshift://shop.abc.eu-west-1.redshift.amazonaws.com:5439/dev?ssl=true",
                "jdbc:redshift:iam://shop:eu-west-1/dev",
                "jdbc:oracle:thin:@//db.example.com:1521/SHOP",
                "jdbc:oracle:thin:@tcps://db.example.com:2484/SHOP",
                "jdbc:oracle:thin:@db.example.com:1521:SHOP",
                "jdbc:oracle:thin:@(DESCRIPTION=(ADDRESS=(PROTOCOL=TCPS)(HOST=db)(PORT=2484))(CONNECT_DATA=(SERVICE_NAME=s)))",
                "jdbc:databricks://acme.cloud.databricks.com:443;httpPath=/sql/1.0/warehouses/a1;PWD=token",
                "jdbc:db2://db:50000/SHOP:currentSchema=A;",
                "jdbc:h2:tcp://[::1]:9092/shop",
            })
    void aServerInTheNetworkIsTaken(String url) {
        assertThat(JdbcAddress.checked(url, "", "").url()).isEqualTo(url);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:sqlite:/data/control.db",
                "jdbc:sqlite://x/data/control.db",
                "jdbc:duckdb:/data/events/events.duckdb",
                "jdbc:duckdb://x/y",
                "jdbc:h2:/data/control",
                "jdbc:h2:~/x",
                "jdbc:h2:mem:x",
                "jdbc:h2:file:/x",
                "jdbc:h2:file://x/y",
                "jdbc:h2:zip:/x.zip!/x",
                "jdbc:hsqldb:res:x",
                "jdbc:hsqldb:file:x",
                "jdbc:derby:/x;create=true",
                "jdbc:derby:memory:x",
                "jdbc:calcite:model=inline:{}",
                "jdbc:oracle:thin:@ldap://evil/cn=x",
                "jdbc:oracle:thin:@config-file:///etc/passwd",
                "jdbc:oracle:thin:@config-https://evil/x",
                "jdbc:oracle:thin:scott/tiger@//db/SHOP",
                "jdbc:oracle:oci:@shop",
                "jdbc:redshift://user:password@db/dev",
                "jdbc:x:///etc/passwd",
                "jdbc:x://",
                "postgres://a:b@c/d",
                "jdbc:",
                "",
                "jdbc:x://a/b\n",
                "jdbc:x://a/b?password=5%&socket%46actory=x",
            })
    void whatIsNoServerIsRefused(String url) {
        assertThatThrownBy(() -> JdbcAddress.checked(url, "", ""))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isIn("invalid_url", "url_not_allowed"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "jdbc:h2:tcp://db/shop;INIT=RUNSCRIPT FROM 'x.sql'",
                "jdbc:h2:tcp://db/shop;TRACE_LEVEL_FILE=3",
                "jdbc:postgresql://db/shop?socketFactory=org.springframework.X&socketFactoryArg=y",
                "jdbc:postgresql://db/shop?loggerLevel=DEBUG&loggerFile=shell.jsp",
                "jdbc:postgresql://db/shop?sslrootcert=x",
                "jdbc:postgresql://db/shop?socket%46actory=x",
                "jdbc:mysql://db/shop?allowLoadLocalInfile=true",
                "jdbc:mysql://db/shop?autoDeserialize=true",
                "jdbc:mysql://(host=db,allowLoadLocalInfile=true)/shop",
                "jdbc:mysql://db/shop?queryInterceptors=a.b.C",
                "jdbc:snowflake://db/?private_key_file=key.p8",
                "jdbc:bigquery://https://www.googleapis.com:443;OAuthPvtKeyPath=key.json",
                "jdbc:redshift:iam://shop:eu-west-1/dev?Profile=admin",
                "jdbc:redshift://db/dev?IniFile=a&plugin_name=b",
                "jdbc:oracle:thin:@//db/SHOP?TNS_ADMIN=x",
                "jdbc:oracle:thin:@//db/SHOP?oracle.net.wallet_location=x",
                "jdbc:db2://db:1/s:clientRerouteServerListJNDIName=x;",
                "jdbc:x://db/s;anything=/etc/passwd",
                "jdbc:x://db/s;anything= ../x",
                "jdbc:x://db/s;anything=C:\\x",
                "jdbc:x://db/s;anything=~/x",
                "jdbc:x://db/s?anything=a&other=file:x",
                "jdbc:x://db/s?anything=ldap%3A//x",
                "jdbc:x://db/s?anything=\"/etc/passwd\"",
                "jdbc:x://db/s?anything={/etc/passwd}",
                "jdbc:x://db/s?\"socketFactory\"=x",
                "jdbc:x://db/s?socket%2546actory=x",
                "jdbc:x://db/s?$socket-Factory =x",
            })
    void aParameterThatReachesIntoThisMachineIsRefused(String url) {
        assertThatThrownBy(() -> JdbcAddress.checked(url, "", ""))
                .isInstanceOfSatisfying(
                        RuleException.class, e -> assertThat(e.code()).isEqualTo("url_not_allowed"));
    }

    @ParameterizedTest
    @CsvSource({
        "jdbc:snowflake://acme/?user=u&password=s3cret, jdbc:snowflake://acme/***",
        "jdbc:db2://db:50000/SHOP:user=u;password=s3cret;, jdbc:db2://db:50000/SHOP***",
        "jdbc:oracle:thin:@(DESCRIPTION=(X=s3cret)), jdbc:oracle:thin:@***",
        "jdbc:oracle:thin:@//db/SHOP, jdbc:oracle:thin:@//db/SHOP",
    })
    void whatIsShownHoldsNoSecret(String url, String shown) {
        assertThat(JdbcAddress.checked(url, "u", "s3cret").toString()).isEqualTo(shown);
    }
}
