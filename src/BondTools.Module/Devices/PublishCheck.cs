using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using BondTools.Linux;
using BondTools.Planning;

namespace BondTools.Module.Devices;

/// <summary>What a publish must see on the host afterwards, in the light of what was there before.</summary>
internal sealed class PublishCheck
{
    private readonly PublishVerification _verification;
    private readonly InterfacesFile _before, _wish;
    private readonly KernelNetwork _kernelBefore;
    private readonly IReadOnlyList<BondStatus> _bondsBefore;

    private PublishCheck(PublishVerification verification, NetworkChange change, KernelNetwork kernelBefore, IReadOnlyList<BondStatus> bondsBefore)
    {
        (_verification, _kernelBefore, _bondsBefore) = (verification, kernelBefore, bondsBefore);
        (_before, _wish) = (InterfacesFile.Parse(change.Current), InterfacesFile.Parse(change.Pending!));
    }

    /// <summary>Looks at the host as it is before the change.</summary>
    public static async Task<PublishCheck> PrepareAsync(PveHost host, NetworkChange change, PublishVerification verification, CancellationToken cancellationToken) =>
        verification == PublishVerification.Reachable
            ? new PublishCheck(verification, change, new KernelNetwork([]), [])
            : new PublishCheck(
                verification,
                change,
                await host.GetKernelNetworkAsync(cancellationToken).ConfigureAwait(false),
                await host.GetBondStatusAsync([], cancellationToken).ConfigureAwait(false));

    /// <summary>Compares what a fresh connection shows with what the file says.</summary>
    /// <returns>What is missing, or null; and what was seen to be right.</returns>
    public async Task<(string? Missing, IReadOnlyList<string> Verified)> RunAsync(PveHost fresh, CancellationToken cancellationToken)
    {
        if (_verification == PublishVerification.Reachable)
        {
            await fresh.RunAsync("true", cancellationToken).ConfigureAwait(false);
            return (null, ["The host answers."]);
        }

        var problems = HostVerification.Problems(_wish, await fresh.GetKernelNetworkAsync(cancellationToken).ConfigureAwait(false), _before, _kernelBefore);
        if (problems.Count > 0)
            return (string.Join(" ", problems), []);

        var present = await fresh.GetBondStatusAsync([], cancellationToken).ConfigureAwait(false);
        var verified = new List<string>();
        foreach (var bond in _wish.Bonds.Where(bond => bond.Auto))
        {
            var status = Status(present, bond.Name);
            if (BondVerification.Missing(bond, status, _verification) is not { } missing)
                verified.Add($"{bond.Name}: {status!.Reason}");
            else if (WasSoBefore(bond))
                verified.Add($"{bond.Name}, which the change does not touch, is as it was: {missing}");
            else
                return (missing, verified);
        }

        return (null, verified);
    }

    private bool WasSoBefore(PveBond bond) =>
        HostVerification.IsUntouched(_before, _wish, bond.Name) && BondVerification.Missing(bond, Status(_bondsBefore, bond.Name), _verification) is not null;

    private static BondStatus? Status(IReadOnlyList<BondStatus> bonds, string name) => bonds.FirstOrDefault(bond => bond.Name == name);
}
