import Basics
import Crypto
import Federation
import Glibc
import MastodonAPI
import Net
import Storage

/// The life of the serving process: readiness, signals, watchdog, and an orderly end.
struct Daemon: Sendable {
    static let signals = [SIGTERM, SIGINT, SIGHUP]
    /// How long open requests may take after SIGTERM.
    private static let grace = Duration.seconds(10)

    let house: House
    let arguments: Arguments
    /// The file that was named on the command line.
    let configurationFile: String?
    let log: Log

    /// What the certificate and key of the configuration give; nil without them.
    static func certificate(_ configuration: Configuration) throws -> TLSContext? {
        guard let certificate = configuration["tls.certificate"], let key = configuration["tls.key"] else {
            return nil
        }
        do {
            return try TLSContext.server(certificatePEMFile: certificate, keyPEMFile: key)
        } catch {
            throw Failure(.configuration, "tls.certificate and tls.key cannot be used: \(error).")
        }
    }

    @Loop
    func run(sockets: [ListeningSocket], control: [ListeningSocket], tls: TLSContext?) async {
        house.server.use(tls)
        let work = Reactor.spawn { await house.run() }
        let controlling = Reactor.spawn { await house.control.serve(control) }
        let watching = Reactor.spawn { await watchSignals() }
        let guarding = Reactor.spawn { await feedWatchdog() }
        Memory.forgetCode()
        Systemd.notify("READY=1\nSTATUS=Serving \(house.identity.origin)")
        log.info(
            "serving",
            ["origin": house.identity.origin, "listen": sockets.map(\.address).joined(separator: " ")])
        await house.server.serve(sockets)
        for task in [work, guarding, watching] { task.cancel() }
        house.control.stop()
        house.control.closeAll()
        await controlling.value
        unlink(DataFolder.control)
        await work.value
        await house.noteStop()
        await house.store.close()
        log.info("stopped")
    }

    @Loop
    private func watchSignals() async {
        guard let signals = Signals(Daemon.signals) else { return }
        while !Task.isCancelled {
            if await signals.next() == SIGHUP { reload() } else { return await stop() }
        }
    }

    /// Takes no more requests, waits for those under way, and then ends what is left.
    @Loop
    private func stop() async {
        Systemd.notify("STOPPING=1\nSTATUS=Finishing open requests")
        log.info("stopping")
        house.server.stop()
        house.api.closeStreams()
        _ = house.clock.after(Daemon.grace) {
            Reactor.spawn { house.server.closeAll() }
        }
    }

    @Loop
    private func reload() {
        Systemd.notify("RELOADING=1\nMONOTONIC_USEC=\(Systemd.monotonicMicroseconds)")
        do {
            let configuration = try ServeCommand.read(configurationFile, arguments)
            house.server.use(try Daemon.certificate(configuration))
            house.client.allow(
                AddressGuard(allowsPrivate: configuration.allows("federation.private-addresses")),
                plainHTTP: configuration.allows("federation.plain-http"))
            log.notice("configuration re-read")
        } catch let failure as Failure {
            log.error("the configuration was not taken", ["reason": failure.message])
        } catch {
            log.error("the configuration was not taken", ["reason": String(describing: error)])
        }
        Systemd.notify("READY=1\nSTATUS=Serving \(house.identity.origin)")
    }

    /// Tells the service manager that all is well, only while it is.
    @Loop
    private func feedWatchdog() async {
        guard let interval = Systemd.watchdogInterval else { return }
        let bell = Doorbell()
        while !Task.isCancelled {
            await bell.wait(atMost: interval / 2, clock: house.clock)
            if let problem = await house.health.problem() {
                log.error("not well", ["problem": problem])
            } else {
                Systemd.notify("WATCHDOG=1")
            }
        }
    }
}
