using System.Collections.Generic;
using System.Text;

namespace BondTools.Lab.Host;

/// <summary>A word or an operator of the shell; an operator has text, a word has parts.</summary>
internal sealed record ShellToken(string? Operator, ShellWord? Word, int Descriptor = -1);

/// <summary>Cuts a script into words and operators (POSIX.1-2017, XCU 2.3), the part of it that scripts over SSH use.</summary>
internal sealed class ShellLexer
{
    private static readonly string[] Operators = ["&&", "||", ">>", ">&", "<&", ";;", ";", "|", "&", ">", "<", "(", ")", "\n"];
    private readonly string _text;
    private int _at;

    private ShellLexer(string text) => _text = text;

    public static List<ShellToken> Read(string script)
    {
        var lexer = new ShellLexer(script);
        var tokens = new List<ShellToken>();
        while (lexer.Next() is { } token)
            tokens.Add(token);
        return tokens;
    }

    private ShellToken? Next()
    {
        SkipBlanks();
        if (_at >= _text.Length)
            return null;
        // A single digit right before a redirection is its descriptor.
        if (char.IsDigit(_text[_at]) && _at + 1 < _text.Length && _text[_at + 1] is '>' or '<')
        {
            var descriptor = _text[_at++] - '0';
            return new ShellToken(TakeOperator(), null, descriptor);
        }
        return TakeOperator() is { } text ? new ShellToken(text, null) : new ShellToken(null, TakeWord());
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length)
        {
            if (_text[_at] is ' ' or '\t' or '\r')
                _at++;
            else if (_text[_at] == '\\' && _at + 1 < _text.Length && _text[_at + 1] == '\n')
                _at += 2;
            else if (_text[_at] == '#')
                while (_at < _text.Length && _text[_at] != '\n')
                    _at++;
            else
                return;
        }
    }

    private string? TakeOperator()
    {
        foreach (var candidate in Operators)
        {
            if (string.CompareOrdinal(_text, _at, candidate, 0, candidate.Length) != 0)
                continue;
            _at += candidate.Length;
            return candidate;
        }
        return null;
    }

    private ShellWord TakeWord()
    {
        var parts = new List<WordPart>();
        var plain = new StringBuilder();
        while (_at < _text.Length && " \t\r\n;|&<>()".IndexOf(_text[_at]) < 0)
        {
            var c = _text[_at];
            if (c is not ('\'' or '"' or '$' or '\\' or '`'))
            {
                plain.Append(c);
                _at++;
                continue;
            }
            Flush(parts, plain, quoted: false);
            _at++;
            switch (c)
            {
                case '\'':
                    parts.Add(new WordPart(WordPartKind.Text, TakeUntil('\''), Quoted: true));
                    break;
                case '"':
                    TakeDoubleQuoted(parts);
                    break;
                case '\\':
                    if (_at < _text.Length)
                        parts.Add(new WordPart(WordPartKind.Text, _text[_at++].ToString(), Quoted: true));
                    break;
                case '`':
                    parts.Add(new WordPart(WordPartKind.Substitution, TakeUntil('`'), Quoted: false));
                    break;
                default:
                    TakeDollar(parts, quoted: false);
                    break;
            }
        }
        Flush(parts, plain, quoted: false);
        return new ShellWord(parts);
    }

    private void TakeDoubleQuoted(List<WordPart> parts)
    {
        var text = new StringBuilder();
        var start = parts.Count;
        while (_at < _text.Length && _text[_at] != '"')
        {
            var c = _text[_at++];
            if (c == '\\' && _at < _text.Length && "$`\"\\\n".IndexOf(_text[_at]) >= 0)
            {
                if (_text[_at] != '\n')
                    text.Append(_text[_at]);
                _at++;
            }
            else if (c is '$' or '`')
            {
                Flush(parts, text, quoted: true);
                if (c == '$')
                    TakeDollar(parts, quoted: true);
                else
                    parts.Add(new WordPart(WordPartKind.Substitution, TakeUntil('`'), Quoted: true));
            }
            else
                text.Append(c);
        }
        if (_at >= _text.Length)
            throw new ShellSyntaxException("Unterminated quoted string");
        _at++;
        // "" is an empty word, not none.
        if (text.Length > 0 || parts.Count == start)
            parts.Add(new WordPart(WordPartKind.Text, text.ToString(), Quoted: true));
    }

    private void TakeDollar(List<WordPart> parts, bool quoted)
    {
        if (_at < _text.Length && _text[_at] == '(')
        {
            if (_at + 1 < _text.Length && _text[_at + 1] == '(')
                throw new ShellSyntaxException("the emulated shell does no arithmetic");
            _at++;
            parts.Add(new WordPart(WordPartKind.Substitution, TakeBalanced(), quoted));
            return;
        }
        if (_at < _text.Length && _text[_at] == '{')
        {
            _at++;
            parts.Add(new WordPart(WordPartKind.Variable, TakeUntil('}'), quoted));
            return;
        }
        var start = _at;
        if (_at < _text.Length && "?$!#@*0123456789".IndexOf(_text[_at]) >= 0)
            _at++;
        else
            while (_at < _text.Length && (char.IsLetterOrDigit(_text[_at]) || _text[_at] == '_'))
                _at++;
        parts.Add(start == _at
            ? new WordPart(WordPartKind.Text, "$", quoted)
            : new WordPart(WordPartKind.Variable, _text.Substring(start, _at - start), quoted));
    }

    private string TakeUntil(char end)
    {
        var close = _text.IndexOf(end, _at);
        if (close < 0)
            throw new ShellSyntaxException("Unterminated quoted string");
        var text = _text.Substring(_at, close - _at);
        _at = close + 1;
        return text;
    }

    // The command inside $( … ), with its own quotes and parentheses.
    private string TakeBalanced()
    {
        var start = _at;
        for (var depth = 1; _at < _text.Length; _at++)
        {
            var c = _text[_at];
            if (c is '\'' or '"')
            {
                for (_at++; _at < _text.Length && _text[_at] != c; _at++)
                {
                    if (c == '"' && _text[_at] == '\\')
                        _at++;
                }
            }
            else if (c == '\\')
                _at++;
            else if (c == '(')
                depth++;
            else if (c == ')' && --depth == 0)
                return _text.Substring(start, _at++ - start);
        }
        throw new ShellSyntaxException("end of file unexpected (expecting \")\")");
    }

    private static void Flush(List<WordPart> parts, StringBuilder text, bool quoted)
    {
        if (text.Length == 0)
            return;
        parts.Add(new WordPart(WordPartKind.Text, text.ToString(), quoted));
        text.Clear();
    }
}
