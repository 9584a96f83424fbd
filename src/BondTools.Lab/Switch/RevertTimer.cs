using System;
using BondTools.Lab.World;

namespace BondTools.Lab.Switch;

/// <summary>Puts the switch back as it was, unless somebody confirms the change in time; no terminal need be open for that.</summary>
internal sealed class RevertTimer
{
    private readonly LabWorld _world;
    private SwitchSnapshot? _saved;
    private object? _due;

    public RevertTimer(LabWorld world) => _world = world;

    /// <summary>How many configurations were begun under the timer.</summary>
    public int Begun { get; private set; }

    /// <returns>Whether it was started; one change at a time can be waiting.</returns>
    public bool Begin(TimeSpan after)
    {
        if (_saved is not null)
            return false;
        Begun++;
        _saved = new SwitchSnapshot(_world.Switch);
        Schedule(after);
        return true;
    }

    public bool Restart(TimeSpan after)
    {
        if (_saved is null)
            return false;
        Schedule(after);
        return true;
    }

    public bool Confirm()
    {
        if (_saved is null)
            return false;
        End();
        return true;
    }

    public bool RevertNow()
    {
        if (_saved is null)
            return false;
        _saved.Restore(_world.Switch);
        End();
        return true;
    }

    private void Schedule(TimeSpan after)
    {
        if (_due is not null)
            _world.Cancel(_due);
        _due = _world.Schedule(after, () =>
        {
            _world.Switch.Log("%ARCHIVE_DIFF-5-ROLLBK_CNFMD_CHG_ROLLBACK_START: Start rolling to the saved configuration");
            RevertNow();
        });
    }

    private void End()
    {
        if (_due is not null)
            _world.Cancel(_due);
        (_saved, _due) = (null, null);
    }
}
