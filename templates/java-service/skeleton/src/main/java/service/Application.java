package service;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;

/** Starts the service. */
@SpringBootApplication
@EnableConfigurationProperties(Settings.class)
public class Application {

  /** Serves until the process is told to end. */
  public static void main(String[] arguments) {
    SpringApplication.run(Application.class, arguments);
  }
}
