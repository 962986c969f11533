/** What `--help` prints. */
export const helpText = `Vigie, an operations console for BullMQ job queues

Usage: npm start -- [flags]

Without --redis the console opens on a demo.

  --redis URL      redis:// or rediss:// (TLS), as in rediss://user:password@host:6380/0
                   (or the variable VIGIE_REDIS, which other users of this machine cannot see)
  --name NAME      how to call this environment; default: host, port and database
  --kind KIND      development, staging or production; default: development for a Redis on this
                   machine, else production, which is locked until you unlock it
  --prefix PREFIX  key prefix of the queues; default: bull
  --read-only      refuse every action on this environment
  --data DIR       where to keep the audit and the settings; default: this user's data folder,
                   for the demo a temporary one that is removed when it ends
  --web            open in the browser
  --desktop        open as a desktop app
  --port N         port of the web entry; default: 4780; 0 takes a free one
  --host HOST      address the web entry listens on; default: 127.0.0.1, this machine only
  --no-open        print the address without opening a browser
  --help, -h       this text
  --version, -v    the version

Variables: VIGIE_REDIS as --redis; VIGIE_TOKEN a fixed access token of the web entry, at least 16
characters (otherwise a new one at each start).`
