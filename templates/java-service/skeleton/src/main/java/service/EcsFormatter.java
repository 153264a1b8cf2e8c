package service;

import ch.qos.logback.classic.pattern.ThrowableProxyConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.slf4j.event.KeyValuePair;
import org.springframework.boot.json.JsonWriter;
import org.springframework.boot.json.JsonWriter.PairExtractor;
import org.springframework.boot.logging.structured.StructuredLogFormatter;
import org.springframework.core.env.Environment;

/**
 * Writes one line of JSON per event, in the names of the Elastic Common Schema. Spring's own writer
 * nests the names; ours are flat, as those of services in other languages.
 */
class EcsFormatter implements StructuredLogFormatter<ILoggingEvent> {

  private static final PairExtractor<KeyValuePair> FIELDS =
      PairExtractor.of(pair -> pair.key, pair -> pair.value);

  private final JsonWriter<ILoggingEvent> writer;
  private final ThrowableProxyConverter stackTraces = new ThrowableProxyConverter();

  EcsFormatter(Environment environment) {
    stackTraces.start();
    String name = environment.getProperty("spring.application.name", "");
    String version = environment.getProperty("service.version", "");
    writer =
        JsonWriter.<ILoggingEvent>of(
                members -> {
                  members.add("@timestamp", ILoggingEvent::getInstant).as(Instant::toString);
                  members
                      .add("log.level", ILoggingEvent::getLevel)
                      .as(level -> level.toString().toLowerCase(Locale.ROOT));
                  members.add("message", ILoggingEvent::getFormattedMessage);
                  members.add("service.name", name);
                  members.add("service.version", version);
                  members.add("log.logger", ILoggingEvent::getLoggerName);
                  members.add("process.thread.name", ILoggingEvent::getThreadName);
                  members.addMapEntries(ILoggingEvent::getMDCPropertyMap);
                  members
                      .from(EcsFormatter::keyValues)
                      .usingExtractedPairs(Iterable::forEach, FIELDS);
                  members.add("error.stack_trace", this::stackTrace).whenNotNull();
                })
            .withNewLineAtEnd();
  }

  @Override
  public String format(ILoggingEvent event) {
    return writer.writeToString(event);
  }

  private static List<KeyValuePair> keyValues(ILoggingEvent event) {
    List<KeyValuePair> pairs = event.getKeyValuePairs();
    return pairs == null ? List.of() : pairs;
  }

  private String stackTrace(ILoggingEvent event) {
    IThrowableProxy thrown = event.getThrowableProxy();
    return thrown == null ? null : stackTraces.convert(event);
  }
}
