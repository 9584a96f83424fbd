using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Module.Devices;
using BondTools.Module.Ssh;

namespace BondTools.Module.Cmdlets;

/// <summary>The parameters of a connection, declared once, and the fan-out over several devices.</summary>
/// <remarks>
/// Devices are worked on at once, at most <see cref="ThrottleLimit"/> of them; what one of them gives is written as soon
/// as it exists, and one that fails is one non-terminating error with its name as the target.
/// </remarks>
public abstract class ConnectionCmdlet : AsyncCmdlet
{
    /// <summary>The parameter set of one-off connections.</summary>
    public const string ComputerNameSet = "ComputerName";

    /// <summary>The parameter set of open sessions; the default of cmdlets that have both.</summary>
    public const string SessionSet = "Session";

    private static readonly string[] ConnectionParameters =
    [
        nameof(Credential), nameof(KeyFilePath), nameof(KeyPassphrase), nameof(UserName), nameof(Port),
        nameof(AcceptNewHostKey), nameof(KnownHostsPath), nameof(LegacyAlgorithms),
    ];

    private SemaphoreSlim? _throttle;
    private SshKeyRing? _keys;
    private DeviceProgress? _progress;

    /// <summary>The devices' names or addresses. Where a session to a device is open and nothing else is said about the connection, it is used.</summary>
    [Parameter(Mandatory = true, Position = 10, ParameterSetName = ComputerNameSet, ValueFromPipelineByPropertyName = true)]
    [Alias("HostName", "Host", "Server", "Node")]
    [ValidateNotNullOrEmpty]
    public string[] ComputerName { get; set; } = [];

    /// <summary>User name and password.</summary>
    /// <remarks>
    /// Beside -KeyFilePath its password opens the key when the key is encrypted and no -KeyPassphrase is given; it is
    /// then not sent to the device. Where the key needs no passphrase, the password is tried after the key.
    /// </remarks>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [Credential]
    public PSCredential? Credential { get; set; }

    /// <summary>A private key file (OpenSSH or PEM). Without this and -Credential, the usual keys in ~/.ssh are tried.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string? KeyFilePath { get; set; }

    /// <summary>The passphrase of an encrypted private key.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SecureString? KeyPassphrase { get; set; }

    /// <summary>The user to log in as; overrides the name in -Credential.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string? UserName { get; set; }

    /// <summary>The TCP port.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateRange(1, 65535)]
    public int Port { get; set; } = 22;

    /// <summary>Accepts the key of a device that is not in the known_hosts file, and records it there.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SwitchParameter AcceptNewHostKey { get; set; }

    /// <summary>The known_hosts file; ~/.ssh/known_hosts unless given.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    [ValidateNotNullOrEmpty]
    public string? KnownHostsPath { get; set; }

    /// <summary>Also offers the SHA-1, CBC and group 1 algorithms of old IOS releases. They are weak; off by default.</summary>
    [Parameter(ParameterSetName = ComputerNameSet)]
    public SwitchParameter LegacyAlgorithms { get; set; }

    /// <summary>How long connecting may take, and each command, in seconds of wall-clock time.</summary>
    [Parameter]
    [ValidateRange(1, 86400)]
    public int TimeoutSec { get; set; } = 30;

    /// <summary>How many devices are worked on at once.</summary>
    [Parameter]
    [ValidateRange(1, 1024)]
    public int ThrottleLimit { get; set; } = 32;

    /// <summary>Whether anything was said about how to connect, so that no session stands for it.</summary>
    private protected bool IsConnectionDescribed =>
        ConnectionParameters.Any(MyInvocation.BoundParameters.ContainsKey);

    /// <summary>The kind of device this cmdlet works on.</summary>
    private protected abstract BondDeviceKind DeviceKind { get; }

    /// <summary>The secret that Connect-CiscoSwitch hands on; null for everyone else.</summary>
    private protected virtual SecureString? EnableSecret => null;

    /// <summary>The deadline of connecting and of each command.</summary>
    private protected TimeSpan Timeout => TimeSpan.FromSeconds(TimeoutSec);

    /// <summary>
    /// Whether a record is finished before the next is begun. So it is where something is changed: two changes of the
    /// same device must not overtake each other.
    /// </summary>
    private bool OneRecordAtATime => GetType().GetCustomAttribute<CmdletAttribute>()?.SupportsShouldProcess == true;

    /// <inheritdoc/>
    protected sealed override void ProcessRecord()
    {
        // The work outlives this call, and the next record will rebind the parameters: it runs on a copy that keeps them.
        var record = (ConnectionCmdlet)MemberwiseClone();
        record._throttle = _throttle ??= new SemaphoreSlim(ThrottleLimit, ThrottleLimit);
        record._progress = _progress ??= new DeviceProgress(MyInvocation.MyCommand.Name);
        record._keys = _keys ??= new SshKeyRing(
            KeyFilePath is null ? null : GetUnresolvedProviderPathFromPSPath(KeyFilePath),
            KeyPassphrase,
            Credential?.Password);
        record.StartRecord();
        if (OneRecordAtATime)
            Pump.PumpUntilDone();
        else
            Pump.PumpAvailable();
    }

    /// <inheritdoc/>
    protected sealed override void EndProcessing()
    {
        Pump.PumpUntilDone();
        if (_progress?.Complete() is { } complete)
            WriteProgress(complete);
        base.EndProcessing();
    }

    /// <summary>Starts the work for every device of this record.</summary>
    private protected virtual void StartRecord()
    {
        var names = new HashSet<string>(ComputerName, StringComparer.OrdinalIgnoreCase);
        ExpectTargets(names.Count);
        foreach (var name in names)
            StartNamed(name);
    }

    /// <summary>Starts the work for a device given by its name.</summary>
    private protected virtual void StartNamed(string name)
    {
        var settings = MakeSettings(name);
        StartTarget(name, async (output, token) =>
        {
            var link = await ConnectAsync(settings, output, token).ConfigureAwait(false);
            await ProcessConnectedAsync(link, settings, output, token).ConfigureAwait(false);
        });
    }

    /// <summary>What is done with a connection that was just made; this owns it.</summary>
    private protected abstract Task ProcessConnectedAsync(DeviceLink link, SshSettings settings, IPipelineOutput output, CancellationToken cancellationToken);

    /// <summary>Announces how many devices this record is about, before any is started.</summary>
    private protected void ExpectTargets(int count)
    {
        if (_progress!.Expect(count) is { } parent)
            WriteProgress(parent);
    }

    /// <summary>Starts work on one device, within the throttle limit.</summary>
    private protected void StartTarget(string name, Func<IPipelineOutput, CancellationToken, Task> work) =>
        Pump.Start(
            async (output, token) =>
            {
                await _throttle!.WaitAsync(token).ConfigureAwait(false);
                try
                {
                    await _progress!.RunAsync(name, output, () => work(output, token)).ConfigureAwait(false);
                }
                finally
                {
                    _throttle.Release();
                }
            },
            name);

    private async Task<DeviceLink> ConnectAsync(SshSettings settings, IPipelineOutput output, CancellationToken cancellationToken)
    {
        await output.WriteVerboseAsync($"Connecting to {settings.UserName}@{settings.Host} port {settings.Port}.").ConfigureAwait(false);
        var connection = await SshConnection.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);
        return new DeviceLink(DeviceKind, settings.Host, connection, token => OpenFreshAsync(settings, token), EnableSecret);
    }

    private static async Task<IDeviceConnection> OpenFreshAsync(SshSettings settings, CancellationToken cancellationToken) =>
        await SshConnection.ConnectAsync(settings, cancellationToken).ConfigureAwait(false);

    private SshSettings MakeSettings(string name) => new()
    {
        Host = name,
        Port = Port,
        UserName = UserName ?? Credential?.UserName ?? (DeviceKind == BondDeviceKind.PveHost ? "root" : Environment.UserName),
        Keys = _keys!,
        KnownHostsPath = KnownHostsPath is null
            ? Path.Combine(SshSettings.UserFolder, "known_hosts")
            : GetUnresolvedProviderPathFromPSPath(KnownHostsPath),
        AcceptNewHostKey = AcceptNewHostKey,
        LegacyAlgorithms = LegacyAlgorithms,
        ConnectTimeout = Timeout,
    };
}
