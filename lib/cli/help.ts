/** What `--help` prints. */
export const help = `Usage: npm run -s throughline -- ANALYZER [TARGET] [OPTIONS]

  outlook --email ADDRESS [--username NAME]   how Outlook finds its mailbox
  tls HOST[:PORT]                             name, port, TLS and certificate of one host
  explain CODE                                what a finding means, and how to repair it

Sign-in     --password-stdin, or THROUGHLINE_PASSWORD in the environment; never an argument
            --ignore-certificate-problems     send the password although the certificate is not in order
Network     --resolver IP[:PORT]  --trust FILE  --allow CIDR  --map-port FROM=TO
            --connect HOST[:PORT]=ADDRESS[:PORT]  --proxy URL  --vantage NAME
Output      --format tree|json  --output FILE  --timeout SECONDS

Exit code   0 passed, 1 passed with warnings, 2 failed, 3 not tested to the end
`;
