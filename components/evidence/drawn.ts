/** What every drawing of evidence gets. */
export interface Drawn<Body> {
  body: Body;
  /** The start of the run, ISO: dates are judged from there, so an old result reads as it did. */
  at: string;
}
