//! Addresses of hosts, networks and network cards.

use super::native;
use crate::value::NativeType;

#[cfg(feature = "ipnetwork")]
mod ip {
    use std::net::IpAddr;

    use ipnetwork::IpNetwork;

    use super::*;

    /// The address of a network, whose bits beyond the prefix are zero: `cidr`.
    ///
    /// ```
    /// use mizzle::value::{Cidr, SqlValue, Value};
    ///
    /// let private = Cidr("10.0.0.0/8".parse()?);
    /// assert!(matches!(private.into_value(), Value::Native(..)));
    /// // An address within it is none: the statement fails with `Error::Encode`.
    /// let host = Cidr("10.0.0.1/8".parse()?);
    /// assert!(matches!(host.into_value(), Value::Invalid(_)));
    /// # Ok::<(), ipnetwork::IpNetworkError>(())
    /// ```
    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
    pub struct Cidr(pub IpNetwork);

    impl From<IpNetwork> for Cidr {
        fn from(network: IpNetwork) -> Self {
            Cidr(network)
        }
    }

    native! {
        IpNetwork as NativeType::Inet,
            |network| Ok::<_, String>(write(network, false)),
            |bytes| read(bytes);
        Cidr as NativeType::Cidr,
            |cidr| match cidr.0.network() == cidr.0.ip() {
                true => Ok(write(cidr.0, true)),
                false => Err("a cidr has no bits beyond its prefix".to_owned()),
            },
            |bytes| read(bytes).map(Cidr);
    }

    /// The families' numbers in PostgreSQL.
    const V4: u8 = 2;
    const V6: u8 = 3;

    /// The family, the length of the prefix, whether it is a network, the length of the address, the address.
    fn write(network: IpNetwork, cidr: bool) -> Vec<u8> {
        let head = |family, length| [family, network.prefix(), u8::from(cidr), length];
        match network.ip() {
            IpAddr::V4(ip) => [head(V4, 4).as_slice(), &ip.octets()].concat(),
            IpAddr::V6(ip) => [head(V6, 16).as_slice(), &ip.octets()].concat(),
        }
    }

    fn read(bytes: &[u8]) -> Option<IpNetwork> {
        let ([family, prefix, _, _], address) = bytes.split_first_chunk()?;
        let ip = match *family {
            V4 => IpAddr::from(<[u8; 4]>::try_from(address).ok()?),
            V6 => IpAddr::from(<[u8; 16]>::try_from(address).ok()?),
            _ => return None,
        };
        IpNetwork::new(ip, *prefix).ok()
    }
}
#[cfg(feature = "ipnetwork")]
pub use ip::Cidr;

#[cfg(feature = "mac_address")]
native! {
    mac_address::MacAddress as NativeType::MacAddr,
        |address| Ok::<_, String>(address.bytes().to_vec()),
        |bytes| <[u8; 6]>::try_from(bytes).ok().map(mac_address::MacAddress::new);
}
