using System;
using System.Collections.Generic;

namespace BondTools.Lacp;

/// <summary>Puts the frames of several captures into the order of time.</summary>
internal static class LacpFrameMerge
{
    /// <summary>Merges them as they come; of each capture one frame is held.</summary>
    /// <param name="captures">Each in the order of time; a frame without a time comes at once.</param>
    public static IEnumerable<LacpFrame> InOrderOfTime(IEnumerable<IEnumerable<LacpFrame>> captures)
    {
        var open = new List<IEnumerator<LacpFrame>>();
        try
        {
            foreach (var capture in captures)
            {
                var frames = capture.GetEnumerator();
                open.Add(frames);
                if (!frames.MoveNext())
                    Close(open, frames);
            }

            while (open.Count > 0)
            {
                var first = open[0];
                foreach (var frames in open)
                {
                    if (TimeOf(frames) < TimeOf(first))
                        first = frames;
                }
                yield return first.Current;
                if (!first.MoveNext())
                    Close(open, first);
            }
        }
        finally
        {
            open.ForEach(frames => frames.Dispose());
        }
    }

    private static DateTimeOffset TimeOf(IEnumerator<LacpFrame> frames) => frames.Current.Time ?? DateTimeOffset.MinValue;

    private static void Close(List<IEnumerator<LacpFrame>> open, IEnumerator<LacpFrame> ended)
    {
        open.Remove(ended);
        ended.Dispose();
    }
}
