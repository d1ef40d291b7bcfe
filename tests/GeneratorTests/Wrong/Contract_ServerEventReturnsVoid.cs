// TSR066: Server event 'Changed' cannot return 'void'
using Shop;

[ServerEvents]
public interface IChanges
{
    void Changed(string key);
}
