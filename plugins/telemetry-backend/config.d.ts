/** Configuration of telemetry. */
export interface Config {
  orrery?: {};
}
