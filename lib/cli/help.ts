/** What `--help` prints. */
export const help = `Usage: npm run -s throughline -- ANALYZER [TARGET] [OPTIONS]

  outlook --email ADDRESS [--username NAME]   how Outlook finds its mailbox
  tls HOST[:PORT] [--principal msstd:NAME]    name, port, TLS and certificate of one host
      [--pin SHA256]                          one of these certificates was seen from elsewhere; may be repeated
  certificate --leaf FILE | --pkcs12 FILE     a certificate before it is installed
  explain CODE                                what a finding means, and how to repair it

Certificate --intermediates FILE              what the server will send besides
            --host NAME|IP                    by which clients reach it; may be repeated
            --roots FILE | --public-roots     trust these alone, or the public list alone
            --time ISO  --usage server|client
            --no-fetch                        ask nobody for issuers or revocation
Sign-in     --password-stdin, or THROUGHLINE_PASSWORD in the environment; never an argument;
            with --pkcs12 this is the pass phrase of that file
            --client-certificate FILE         for outlook and tls: a PKCS #12 file, shown to a server that asks;
                                              its pass phrase: THROUGHLINE_CLIENT_CERTIFICATE_PASSPHRASE
            --ignore-certificate-problems     send the password although the certificate is not in order
Network     --resolver IP[:PORT]  --trust FILE  --allow CIDR  --map-port FROM=TO
            --connect HOST[:PORT]=ADDRESS[:PORT]  --proxy URL  --vantage NAME
Output      --format tree|json  --output FILE  --timeout SECONDS

Exit code   0 passed, 1 passed with warnings, 2 failed, 3 not tested to the end
`;
