/** What `--help` prints. */
import { emulatedClients, usualClient } from '#lib/analyzers/clients.ts';

const INDENT = ' '.repeat(46);

/** Four to a line. */
const clients = [0, 4, 8, 12]
  .map((from) => emulatedClients.slice(from, from + 4).join(' '))
  .filter((line) => line !== '');

export const help = `Usage: npm run -s throughline -- ANALYZER [TARGET] [OPTIONS]

  outlook --email ADDRESS [--username NAME]   how Outlook finds its mailbox, and opens it
  autodiscover --email ADDRESS [...]          every way to the settings, and what each client makes of them;
                                              without a password as far as the sign-in
  mapi-http --email ADDRESS [...]             opens the mailbox and the address book by MAPI over HTTP
      [--server URL]                          the mailbox service, without asking Autodiscover
  rpc-http --email ADDRESS [...]              the same by RPC over HTTP (Outlook Anywhere)
      [--server HOST] [--rpc-server NAME]     the RPC proxy, and the server behind it
      [--principal msstd:NAME]                whom its certificate has to be for
      [--rpc-auth basic|ntlm|negotiate]       how to sign in at the proxy
      [--endpoint-mapper]                     ask port 593, too
  tls HOST[:PORT] [--principal msstd:NAME]    name, port, TLS and certificate of one host
      [--pin SHA256]                          one of these certificates was seen from elsewhere; may be repeated
  certificate --leaf FILE | --pkcs12 FILE     a certificate before it is installed
  explain CODE                                what a finding means, and how to repair it

Mailbox     --client ID                       whose order is followed, ${usualClient} unless said otherwise:
${INDENT}${clients.join(`\n${INDENT}`)}
                                              and outlook-2003 for rpc-http
            --ask-microsoft                   ask Microsoft 365, too: the address goes to Microsoft
            --redirect-to HOST                a host outside the domain that may be given the password; may be repeated.
                                              For others the terminal is asked, if somebody sits there
            --long-wait SECONDS               for outlook and mapi-http: keep a waiting request open for so long, up to 1800
            --hide-folders                    for the same: no names of folders and no counts in the result
Certificate --intermediates FILE              what the server will send besides
            --host NAME|IP                    by which clients reach it; may be repeated
            --roots FILE | --public-roots     trust these alone, or the public list alone
            --time ISO  --usage server|client
            --no-fetch                        ask nobody for issuers or revocation
Sign-in     --password-stdin, or THROUGHLINE_PASSWORD in the environment; never an argument;
            with --pkcs12 this is the pass phrase of that file
            --token-stdin                     an access token in place of a password
            --device-code                     sign in elsewhere with a code, which is printed on standard error
            --oauth-client-id ID  --oauth-scope SCOPES  --oauth-authority URL
            --client-certificate FILE         for all but certificate: a PKCS #12 file, shown to a server that asks;
                                              its pass phrase: THROUGHLINE_CLIENT_CERTIFICATE_PASSPHRASE
            --ignore-certificate-problems     send the password although the certificate is not in order
            --password-to-any-server          send it also to servers that do not look like a mail system, once it has proven right
Network     --resolver IP[:PORT]  --trust FILE  --allow CIDR  --map-port FROM=TO
            --connect HOST[:PORT]=ADDRESS[:PORT]  --proxy URL  --vantage NAME
Output      --format tree|json  --output FILE  --timeout SECONDS

Exit code   0 passed, 1 passed with warnings, 2 failed, 3 not tested to the end
`;
