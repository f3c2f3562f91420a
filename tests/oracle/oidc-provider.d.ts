/** As much of the provider as the tests beside it use; it has no types of its own. */
declare module 'oidc-provider' {
  import type { IncomingMessage, ServerResponse } from 'node:http';

  interface Context {
    readonly method: string;
    readonly path: string;
    status: number;
    body: unknown;
  }

  export default class Provider {
    constructor(issuer: string, configuration: object);
    use(middleware: (context: Context, next: () => Promise<void>) => Promise<void>): void;
    on(
      event: 'device_authorization.success',
      listener: (context: Context, answer: { device_code: string }) => void,
    ): void;
    on(event: 'grant.success', listener: (context: Context) => void): void;
    callback(): (request: IncomingMessage, response: ServerResponse) => void;
  }
}
