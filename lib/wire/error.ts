/** A document or message that is not what its specification promises. */
export type WireErrorCode = 'truncated' | 'trailing' | 'bad-value' | 'too-large';

/** `path` names the field ("connect.response.auxiliaryBuffer"), `offset` counts in the outermost buffer or text. */
export class WireError extends Error {
  readonly code: WireErrorCode;
  readonly path: string;
  readonly offset: number;
  readonly spec: string;

  constructor(code: WireErrorCode, path: string, offset: number, spec: string) {
    super(`${code} at ${path} (offset ${offset}, ${spec})`);
    this.name = 'WireError';
    this.code = code;
    this.path = path;
    this.offset = offset;
    this.spec = spec;
  }
}
