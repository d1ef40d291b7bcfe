namespace TypedSocketRedis.Tests.Conformance;

/// <summary>A conformance host without options. Each of the other profiles is a combination of options.</summary>
public sealed class PlainProfile() : HostFixture;

public sealed class ProtocolProfile() : HostFixture(
    "--ping-interval", "300", "--ping-timeout", "200", "--connect-timeout", "1500", "--max-payload", "1000000", "--engine-echo", "true");

/// <summary>A host with the echo endpoint of the protocol profile, but with the default timeouts.</summary>
public sealed class EchoHost() : HostFixture("--engine-echo", "true");

public sealed class ClientSuiteProfile() : HostFixture("--ping-interval", "2000", "--recovery-ms", "120000", "--client-suite", "true");

public sealed class LargeProfile() : HostFixture("--max-payload", "5000000");

public sealed class WebSocketOnlyProfile() : HostFixture("--transports", "websocket");

public sealed class PollingOnlyProfile() : HostFixture("--transports", "polling");

public sealed class WebProfile() : HostFixture("--cors", "http://app.example", "--cookie", "io", "--path", "/rt/");

public sealed class MsgpackProfile() : HostFixture("--parser", "msgpack");

public sealed class RecoveryProfile() : HostFixture("--recovery-ms", "2000");

public sealed class DeflateProfile() : HostFixture("--per-message-deflate", "true", "--max-payload", "5000000");
